# verdicts: sandbox_violation
# always
# A new process that borrows its parent's memory.
import ctypes

ctypes.CDLL(None).vfork()


def solve(x, y):
    return x
