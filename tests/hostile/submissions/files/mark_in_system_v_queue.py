# verdicts: sandbox_violation
# A message queue that outlives its process.
import ctypes

ctypes.CDLL(None).msgget(0x616C6C63, 0o1666)


def solve(x, y):
    return x
