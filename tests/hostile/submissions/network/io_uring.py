# verdicts: sandbox_violation
# always
# Asks the kernel to do the forbidden calls by itself.
import ctypes

ctypes.CDLL(None).syscall(425, 8, ctypes.create_string_buffer(120))


def solve(x, y):
    return x
