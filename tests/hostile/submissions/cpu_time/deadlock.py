# verdicts: time_limit
# Waits for a lock that it holds itself.
import threading

LOCK = threading.Lock()
LOCK.acquire()
LOCK.acquire()


def solve(x, y):
    return x
