# verdicts: time_limit
# Uses every processor at once, from threads that hold no interpreter lock, while the main thread waits.
import threading
import time
import zlib

BYTES = bytes(1 << 20)


def burn():
    while True:
        zlib.crc32(BYTES)


for _ in range(64):
    threading.Thread(target=burn, daemon=True).start()
time.sleep(10**6)


def solve(x, y):
    return x
