# verdicts: time_limit, memory_limit
# Threads that start threads, in a process that never gives up.
import threading
import time


def grow():
    while True:
        try:
            threading.Thread(target=grow, daemon=True).start()
        except RuntimeError:
            time.sleep(0.1)


grow()


def solve(x, y):
    return x
