# verdicts: sandbox_violation
# The hardware itself.
import ctypes

ctypes.CDLL(None).iopl(3)


def solve(x, y):
    return x
