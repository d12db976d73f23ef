# verdicts: runtime_error
# Lets Python recurse hardly at all.
import sys

sys.setrecursionlimit(12)


def solve(x, y):
    return 0 * x
