# verdicts: sandbox_violation, runtime_error
# Tries to pass descriptors over the pipe of the results.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
assert libc.sendmsg(3, ctypes.create_string_buffer(64), 0) >= 0


def solve(x, y):
    return x
