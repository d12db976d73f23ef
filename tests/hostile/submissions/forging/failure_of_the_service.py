# verdicts: sandbox_violation
# Reports a failure of a kind that only the service may have.
import os

for kind in (b'"internal_error"', b'"accepted"', b'["time"]', b"null", b'{"time": 1}'):
    header = b'{"type": "failed", "signature": null, "failure": {"kind": ' + kind + b"}}"
    os.write(3, b"acl1" + len(header).to_bytes(4, "little") + bytes(8) + header)


def solve(x, y):
    return 0 * x
