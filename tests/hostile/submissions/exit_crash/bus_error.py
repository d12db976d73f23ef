# verdicts: runtime_error
# Dies as if a file had been cut under its mapping.
import os
import signal

signal.signal(signal.SIGBUS, signal.SIG_DFL)
os.kill(os.getpid(), signal.SIGBUS)


def solve(x, y):
    return x
