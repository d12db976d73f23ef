# verdicts: time_limit
# Waits without using the processor, so that only a wall clock can end it.
import time


def solve(x, y):
    time.sleep(10**8)
