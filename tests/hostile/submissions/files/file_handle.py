# verdicts: sandbox_violation
# always
# Opens a file by its number instead of its path, past every mount.
import ctypes
import platform
import struct

OPEN = {"x86_64": 304, "aarch64": 265}[platform.machine()]
handle = ctypes.create_string_buffer(struct.pack("<IiQ", 8, 1, 2))
ctypes.CDLL(None).syscall(OPEN, -100, handle, 0)


def solve(x, y):
    return x
