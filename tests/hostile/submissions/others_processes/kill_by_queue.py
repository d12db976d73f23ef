# verdicts: sandbox_violation
# Sends a signal with a value, by another call.
import ctypes
import os

ctypes.CDLL(None).sigqueue(os.getppid() or 1, 9, ctypes.c_void_p(0))


def solve(x, y):
    return x
