# verdicts: runtime_error
# always
# Leaves its session and process group, out of reach of a signal to the group.
import os

os.setsid()


def solve(x, y):
    return x
