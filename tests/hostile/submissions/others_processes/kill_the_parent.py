# verdicts: sandbox_violation
# always
# Kills the process that it was forked from.
import os

os.kill(os.getppid() or 1, 9)


def solve(x, y):
    return x
