# verdicts: time_limit
# A byte at a time, so that every wait begins anew.
import os
import time

while True:
    os.write(1, b".")
    time.sleep(0.02)


def solve(x, y):
    return x
