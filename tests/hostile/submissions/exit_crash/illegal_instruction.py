# verdicts: runtime_error
# Every deadly signal that is not sent by the sandbox, one after the other: the first is enough.
import os
import signal

os.kill(os.getpid(), signal.SIGILL)


def solve(x, y):
    return x
