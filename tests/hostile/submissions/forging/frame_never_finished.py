# verdicts: time_limit
# Begins a message and says no more.
import os
import time

os.write(3, b"acl1" + (1000).to_bytes(4, "little") + bytes(8) + b'{"type": "tra')
time.sleep(10**6)


def solve(x, y):
    return x
