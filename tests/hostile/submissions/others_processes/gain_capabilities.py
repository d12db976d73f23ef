# verdicts: sandbox_violation
# always
# Asks for every capability.
import ctypes
import struct

ctypes.CDLL(None).capset(struct.pack("<Ii", 0x20080522, 0), struct.pack("<6I", *[0xFFFFFFFF] * 6))


def solve(x, y):
    return x
