# verdicts: runtime_error, sandbox_violation
# always
# Ends in the middle of a message.
import os

os.write(3, b"acl1" + (1000).to_bytes(4, "little") + bytes(8) + b'{"type": "tra')
os._exit(0)


def solve(x, y):
    return x
