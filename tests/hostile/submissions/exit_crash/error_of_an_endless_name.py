# verdicts: runtime_error
# A class name of ten megabytes with everything in it that a page must not show.
NAME = "\x1b[31m<script>\n\u202e\ud800" * 1_000_000


def solve(x, y):
    raise type(NAME.replace("\0", ""), (Exception,), {})("x")
