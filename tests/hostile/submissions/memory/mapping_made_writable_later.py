# verdicts: runtime_error
# Maps without permission, which costs nothing, and asks for permission afterwards.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mprotect.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
TAKEN = 0
for _ in range(64):
    address = libc.mmap(None, ctypes.c_size_t(1 << 30), 0, 0x22, -1, 0)
    if address == ctypes.c_void_p(-1).value or libc.mprotect(address, 1 << 30, 3) != 0:
        break
    TAKEN += 1
assert TAKEN > 8, f"only {TAKEN} GB"


def solve(x, y):
    return x
