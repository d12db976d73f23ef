# verdicts: sandbox_violation
# always
# Asks to be root.
import os

os.setresuid(0, 0, 0)


def solve(x, y):
    return x
