# verdicts: sandbox_violation
# always
# Valid, small and without end.
import os

RAW = b'{"type": "traced", "signature": 0, "returns": {"kind": "none"}}'
MESSAGE = (b"acl1" + len(RAW).to_bytes(4, "little") + bytes(8) + RAW) * 1000
while True:
    os.write(3, MESSAGE)


def solve(x, y):
    return x
