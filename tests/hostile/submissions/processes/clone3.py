# verdicts: runtime_error
# always
# The newer call, whose arguments no filter can see.
import ctypes
import struct

CLONE3 = 435
arguments = ctypes.create_string_buffer(struct.pack("<8Q", 0, 0, 0, 0, 17, 0, 0, 0))
result = ctypes.CDLL(None, use_errno=True).syscall(CLONE3, arguments, 64)
assert result >= 0, f"errno {ctypes.get_errno()}"


def solve(x, y):
    return x
