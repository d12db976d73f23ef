# verdicts: time_limit
# always
# Reports a failure whose every text is meant to break what shows or saves it.
import json
import os

TEXT = "\ud800\x00\x1b[2J\u202e</script>\r\n" * 20
FRAME = {"line": 1 << 23, "function": TEXT, "text": TEXT}
FAILURE = {"kind": "time", "message": TEXT, "error": TEXT, "frames": [FRAME] * 50, "column": -1, "values": [[TEXT, TEXT]] * 50}
RAW = json.dumps({"type": "failed", "signature": 0, "failure": FAILURE}).encode()
MESSAGE = b"acl1" + len(RAW).to_bytes(4, "little") + bytes(8) + RAW
while MESSAGE:
    MESSAGE = MESSAGE[os.write(3, MESSAGE) :]
os._exit(0)


def solve(x, y):
    return x
