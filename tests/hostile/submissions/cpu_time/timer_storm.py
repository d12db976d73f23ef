# verdicts: time_limit, runtime_error
# A timer that fires without pause keeps the interpreter in a signal handler.
import signal
import time

signal.signal(signal.SIGALRM, lambda *_: time.sleep(0.001))
signal.setitimer(signal.ITIMER_REAL, 1e-6, 1e-6)
while True:
    time.sleep(1)


def solve(x, y):
    return x
