# verdicts: sandbox_violation, memory_limit
# A program of 100 MB.
import os

RAW = b'{"type": "traced", "signature": 0, "returns": {"kind": "none"}}'
MESSAGE = b"acl1" + len(RAW).to_bytes(4, "little") + (100 << 20).to_bytes(8, "little") + RAW
os.write(3, MESSAGE)
while True:
    os.write(3, bytes(1 << 16))


def solve(x, y):
    return x
