# verdicts: sandbox_violation
# Another time for the whole machine.
import time

time.clock_settime(time.CLOCK_REALTIME, 0)


def solve(x, y):
    return x
