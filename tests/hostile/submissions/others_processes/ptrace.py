# verdicts: sandbox_violation
# always
# Takes over the zygote with a debugger's call.
import ctypes
import os

ctypes.CDLL(None).ptrace(16, os.getppid() or 1, 0, 0)


def solve(x, y):
    return x
