# verdicts: sandbox_violation
# Kills its process group, in which others may be.
import os

os.kill(0, 15)


def solve(x, y):
    return x
