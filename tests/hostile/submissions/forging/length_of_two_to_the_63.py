# verdicts: sandbox_violation
# always
# A message that is longer than all memory.
import os

os.write(3, b"acl1" + (8).to_bytes(4, "little") + (2**63).to_bytes(8, "little") + b"{}" + bytes(100))


def solve(x, y):
    return 0 * x
