# verdicts: time_limit
# always
# Stops its own process, which then neither answers nor ends.
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)


def solve(x, y):
    return x
