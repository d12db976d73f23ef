# verdicts: sandbox_violation, runtime_error
# Dies of the signal of a forbidden call without having made one.
import os
import signal

os.kill(os.getpid(), signal.SIGSYS)


def solve(x, y):
    return x
