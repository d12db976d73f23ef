# verdicts: sandbox_violation, runtime_error
# always
# The same call under the number it has in the x32 interface.
import ctypes

assert ctypes.CDLL(None).syscall(0x40000000 + 57) >= 0


def solve(x, y):
    return x
