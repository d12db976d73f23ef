# verdicts: runtime_error, sandbox_violation
# Reports a failure whose fields are of every type but their own.
import json
import os

FAILURE = {"kind": "exception", "message": {"a": [1]}, "error": 7, "frames": {"line": 1}, "column": 1e308, "values": [[1, 2], "ab", None]}
RAW = json.dumps({"type": "failed", "signature": 1e999, "failure": FAILURE}).encode()
os.write(3, b"acl1" + len(RAW).to_bytes(4, "little") + bytes(8) + RAW)
os._exit(0)


def solve(x, y):
    return x
