# verdicts: time_limit
# Has its results go into a pipe of its own, and waits.
import os
import time

READ, WRITE = os.pipe()
os.dup2(WRITE, 3)
time.sleep(10**6)


def solve(x, y):
    return 0 * x
