# verdicts: sandbox_violation
# Says that it is done without having sent a program.
import os

HEADER = b'{"type": "done"}'
os.write(3, b"acl1" + len(HEADER).to_bytes(4, "little") + bytes(8) + HEADER)


def solve(x, y):
    return 0 * x
