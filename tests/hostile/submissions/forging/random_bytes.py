# verdicts: sandbox_violation
# Noise.
import os

os.write(3, os.urandom(4096))


def solve(x, y):
    return 0 * x
