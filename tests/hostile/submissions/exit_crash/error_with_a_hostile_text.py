# verdicts: runtime_error
# run: runtime_error
# An exception that raises when it is shown.
class Hostile(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


def solve(x, y):
    raise Hostile
