# verdicts: sandbox_violation
# always
# Root in a namespace of its own.
import ctypes

ctypes.CDLL(None).unshare(0x10000000 | 0x20000)


def solve(x, y):
    return x
