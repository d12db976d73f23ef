# verdicts: runtime_error, memory_limit, time_limit
# Threads that recurse at the same time, each into a stack of its own.
import sys
import threading

sys.setrecursionlimit(10**6)
threading.stack_size(256 << 20)


def dive(depth):
    return depth and dive(depth - 1) + 1


THREADS = [threading.Thread(target=dive, args=(200_000,), daemon=True) for _ in range(200)]
for thread in THREADS:
    thread.start()
for thread in THREADS:
    thread.join()
raise SystemExit("the stacks fitted")


def solve(x, y):
    return x
