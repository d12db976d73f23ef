# failures: findings, violation
# Names that no file and no page can hold, sent past the check on names.
import json
import os

NAMES = ["\ud800\x00\x1b[2J\u202e", "", "x" * 4000, "../../etc", "</script>"]
for public in (True, False):
    for name in NAMES:
        for draw in (0,) if public else (0, 1):
            tree = {"kind": "tuple", "children": [{"kind": "array", "dtype": "float32", "shape": [1]}] * 2}
            arrays = [{"dtype": "float32", "shape": [1]}] * 2
            header = {"type": "case", "name": name, "public": public, "draw": draw, "arguments": tree, "arrays": arrays}
            raw, body = json.dumps(header).encode(), bytes(4) + bytes([draw, 0, 128, 63])
            os.write(3, b"acl1" + len(raw).to_bytes(4, "little") + len(body).to_bytes(8, "little") + raw + body)
HEADER = b'{"type": "done"}'
os.write(3, b"acl1" + len(HEADER).to_bytes(4, "little") + bytes(8) + HEADER)
