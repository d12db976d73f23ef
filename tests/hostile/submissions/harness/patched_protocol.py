# verdicts: sandbox_violation
# Another magic number for everything that is sent.
import struct

from sandbox import frames

frames._MESSAGE = struct.Struct("<4sIQ")
frames._MAGIC = b"evil"


def solve(x, y):
    return 0 * x
