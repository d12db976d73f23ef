# verdicts: sandbox_violation
# always
# Shared memory that outlives its process.
import ctypes

ctypes.CDLL(None).shmget(0x616C6C63, 4096, 0o1666)


def solve(x, y):
    return x
