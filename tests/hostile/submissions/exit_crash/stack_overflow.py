# verdicts: runtime_error
# Runs out of the C stack.
import ctypes

PROTOTYPE = ctypes.CFUNCTYPE(ctypes.c_int)


@PROTOTYPE
def dive():
    return PROTOTYPE(dive)() + 1


import sys

sys.setrecursionlimit(10**9)
dive()


def solve(x, y):
    return x
