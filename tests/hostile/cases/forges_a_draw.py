# failures: violation
# Sends the cases of a draw that was not asked for.
import os

HEADER = b'{"type": "case", "name": "a", "public": false, "draw": 7, "arguments": {"kind": "tuple"}, "arrays": []}'
os.write(3, b"acl1" + len(HEADER).to_bytes(4, "little") + bytes(8) + HEADER)
