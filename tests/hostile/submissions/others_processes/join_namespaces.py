# verdicts: sandbox_violation
# Moves into the namespace of another process.
import ctypes

ctypes.CDLL(None).setns(0, 0)


def solve(x, y):
    return x
