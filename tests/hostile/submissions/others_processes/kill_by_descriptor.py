# verdicts: sandbox_violation
# always
# Kills by a handle instead of a number.
import os

os.pidfd_open(os.getppid() or 1)


def solve(x, y):
    return x
