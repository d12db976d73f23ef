# verdicts: output_limit
# Prints past Python, from another thread.
import ctypes
import threading
import time

libc = ctypes.CDLL(None)


def flood():
    while True:
        libc.puts(b"x" * 1000)


threading.Thread(target=flood, daemon=True).start()
time.sleep(10**6)


def solve(x, y):
    return x
