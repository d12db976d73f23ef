# verdicts: time_limit
# Waits for the other end of its own pipe.
import os

READ, WRITE = os.pipe()
os.read(READ, 1)


def solve(x, y):
    return x
