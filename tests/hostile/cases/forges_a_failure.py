# failures: violation
# Reports a failure of a kind that only the service may have.
import os

HEADER = b'{"type": "failed", "failure": {"kind": "internal_error", "message": "no"}}'
os.write(3, b"acl1" + len(HEADER).to_bytes(4, "little") + bytes(8) + HEADER)
