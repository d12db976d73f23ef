# failures: violation
# always
# Writes cases of its own making to the result pipe.
import os

HEADER = b'{"type": "case", "name": "a", "public": true, "draw": 0, "arguments": {"kind": "array"}, "arrays": []}'
os.write(3, b"acl1" + len(HEADER).to_bytes(4, "little") + bytes(8) + HEADER)


def public():
    return {}


def hidden(rng):
    return {}
