# verdicts: runtime_error
# always
# Prints what the relay between the walls would say: a result, an end, and a length that is none.
import os
import struct

HEADER = struct.Struct("<BIQ")
for kind in range(16):
    for child in range(4):
        os.write(1, HEADER.pack(kind, child, 2) + b"{}")
        os.write(2, HEADER.pack(kind, child, (1 << 64) - 1))
os._exit(0)


def solve(x, y):
    return x
