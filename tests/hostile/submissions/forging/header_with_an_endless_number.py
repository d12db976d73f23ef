# verdicts: sandbox_violation
# A header with an integer of three million digits.
import os

RAW = b'{"type": "traced", "milliseconds": ' + b"9" * 3_000_000 + b"}"
MESSAGE = b"acl1" + len(RAW).to_bytes(4, "little") + bytes(8) + RAW
while MESSAGE:
    MESSAGE = MESSAGE[os.write(3, MESSAGE) :]


def solve(x, y):
    return 0 * x
