# verdicts: sandbox_violation
# run: sandbox_violation
# always
# Kills every process it may.
import os

os.kill(-1, 9)


def solve(x, y):
    return x
