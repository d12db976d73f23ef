# verdicts: runtime_error
# run: runtime_error
# always
# Bytes that are no text, terminal escapes, and NUL: whoever shows them must survive.
import os

os.write(1, bytes(range(256)) * 16 + b"\x1b]0;owned\x07\x1b[2J\x1b[31m\0\r\n\xff\xfe\xed\xa0\x80")
print("\x1b[8m</pre><script>alert(1)</script>\u202e\u2066\ud800")
raise ValueError("\x1b[2J\x00\u202e</pre><script>alert(1)</script>\r\n\ud800")


def solve(x, y):
    return x
