# verdicts: runtime_error, time_limit
# Gives back the pages under its own interpreter.
import ctypes
import gc

libc = ctypes.CDLL(None)
libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
for thing in gc.get_objects():
    libc.madvise(id(thing) >> 12 << 12, 4096, 4)  # MADV_DONTNEED


def solve(x, y):
    return x
