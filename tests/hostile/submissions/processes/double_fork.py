# verdicts: sandbox_violation
# A daemon that keeps standard output open after its parents are gone.
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(10**6)
    os._exit(0)


def solve(x, y):
    return x
