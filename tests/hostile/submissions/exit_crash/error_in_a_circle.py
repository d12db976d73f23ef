# verdicts: runtime_error
# An exception that is its own cause, and a traceback of a hundred thousand frames.
import sys

sys.setrecursionlimit(20_000)


def dive(depth):
    if depth:
        return dive(depth - 1)
    error = ValueError("deep")
    error.__cause__ = error.__context__ = error
    raise error


def solve(x, y):
    dive(15_000)
