# verdicts: runtime_error
# always
# A mapping that grows by itself, which a limit on private data does not count.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
MAP_PRIVATE, MAP_ANONYMOUS, MAP_GROWSDOWN, MAP_HUGETLB = 2, 0x20, 0x100, 0x40000
for flags in (MAP_GROWSDOWN, MAP_HUGETLB):
    address = libc.mmap(None, ctypes.c_size_t(1 << 21), 3, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0)
    if address != ctypes.c_void_p(-1).value:
        WON = True
assert WON


def solve(x, y):
    return x
