# verdicts: sandbox_violation
# Says again and again that it is ready.
import os

HEADER = b'{"type": "ready"}'
while True:
    os.write(3, b"acl1" + len(HEADER).to_bytes(4, "little") + bytes(8) + HEADER)


def solve(x, y):
    return x
