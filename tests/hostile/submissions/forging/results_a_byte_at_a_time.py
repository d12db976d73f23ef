# verdicts: time_limit
# A valid message, slower than anybody wants to wait for.
import os
import time

RAW = b'{"type": "traced", "signature": 0, "returns": {"kind": "none"}}'
for byte in b"acl1" + len(RAW).to_bytes(4, "little") + bytes(8) + RAW:
    os.write(3, bytes([byte]))
    time.sleep(0.2)


def solve(x, y):
    return x
