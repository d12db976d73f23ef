# verdicts: sandbox_violation
# A message whose lengths add up to a small number if they are added in 64 bits.
import os

os.write(3, b"acl1" + b"\xff" * 12 + b"{}" + bytes(100))


def solve(x, y):
    return 0 * x
