# verdicts: time_limit, runtime_error
# Dies of the signal of the processor limit without having used any.
import os
import signal

signal.signal(signal.SIGXCPU, signal.SIG_DFL)
os.kill(os.getpid(), signal.SIGXCPU)


def solve(x, y):
    return x
