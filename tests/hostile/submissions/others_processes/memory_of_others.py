# verdicts: sandbox_violation
# always
# Reads another process's memory in one call.
import ctypes
import os

libc = ctypes.CDLL(None)
buffer = ctypes.create_string_buffer(64)
pair = (ctypes.c_uint64 * 2)(ctypes.addressof(buffer), 64)
libc.process_vm_readv(os.getppid() or 1, pair, 1, pair, 1, 0)


def solve(x, y):
    return x
