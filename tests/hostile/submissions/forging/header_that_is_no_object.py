# verdicts: sandbox_violation
# Headers that are JSON and something else than an object.
import os

for raw in (b"[]", b"7", b'"traced"', b"null", b"NaN", b"\xff\xfe"):
    os.write(3, b"acl1" + len(raw).to_bytes(4, "little") + bytes(8) + raw)


def solve(x, y):
    return 0 * x
