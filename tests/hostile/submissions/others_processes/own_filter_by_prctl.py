# verdicts: runtime_error
# always
# The same by the older door, and everything else that door opens.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
NAMES = {4: "dumpable", 8: "keep capabilities", 22: "filter", 24: "bounding set", 35: "memory map", 47: "ambient"}
NAMES |= {0x59616D61: "ptracer", 26: "time stamp counter", 53: "speculation", 59: "io flusher", 62: "core scheduling"}
WON = [name for option, name in NAMES.items() if libc.prctl(option, 1, 0, 0, 0) == 0]
assert WON


def solve(x, y):
    return x
