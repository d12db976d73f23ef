# verdicts: runtime_error, memory_limit, time_limit
# Lets Python recurse without end, so that the reporting of a failure finds no stack left.
import sys

sys.setrecursionlimit(2**31 - 1)


def dive():
    return dive() + 1


dive()


def solve(x, y):
    return x
