# verdicts: runtime_error
# always
# Address space by the terabyte, straight from the C library.
import ctypes

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
TAKEN = sum(bool(libc.malloc(ctypes.c_size_t(1 << 30))) for _ in range(1024))
assert TAKEN > 16, f"only {TAKEN} GB"


def solve(x, y):
    return x
