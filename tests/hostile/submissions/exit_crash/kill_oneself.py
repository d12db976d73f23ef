# verdicts: sandbox_violation
# always
# Dies as the kernel's memory killer would have it.
import os
import signal

os.kill(os.getpid(), signal.SIGKILL)


def solve(x, y):
    return x
