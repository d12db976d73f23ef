# verdicts: runtime_error
# Leaves its process group.
import os

os.setpgid(0, 0)


def solve(x, y):
    return x
