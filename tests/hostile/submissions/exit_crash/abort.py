# verdicts: runtime_error
# Aborts.
import os

os.abort()


def solve(x, y):
    return x
