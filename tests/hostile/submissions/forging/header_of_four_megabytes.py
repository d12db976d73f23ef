# verdicts: sandbox_violation
# The longest header that is read, of numbers that take long to read.
import os

RAW = b'{"type": "traced", "returns": ' + b"[" + b"1e5," * 1_000_000 + b"1]}"
MESSAGE = b"acl1" + len(RAW).to_bytes(4, "little") + bytes(8) + RAW
while MESSAGE:
    MESSAGE = MESSAGE[os.write(3, MESSAGE) :]


def solve(x, y):
    return 0 * x
