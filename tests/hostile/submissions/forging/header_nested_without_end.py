# verdicts: sandbox_violation
# A header that is a million brackets deep.
import os

RAW = b'{"a":' * 500_000 + b"1" + b"}" * 500_000
MESSAGE = b"acl1" + len(RAW).to_bytes(4, "little") + bytes(8) + RAW
while MESSAGE:
    MESSAGE = MESSAGE[os.write(3, MESSAGE) :]


def solve(x, y):
    return 0 * x
