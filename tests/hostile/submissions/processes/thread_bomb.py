# verdicts: runtime_error, memory_limit
# always
# Threads until there are no more.
import threading
import time

while True:
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()


def solve(x, y):
    return x
