# verdicts: runtime_error, memory_limit, time_limit
# Five hundred threads with a stack of half a gigabyte each.
import threading
import time

threading.stack_size(512 << 20)
THREADS = [threading.Thread(target=time.sleep, args=(60,), daemon=True) for _ in range(500)]
for thread in THREADS:
    thread.start()


def solve(x, y):
    return 0 * x
