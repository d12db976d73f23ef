# verdicts: time_limit, runtime_error
# Handles its own segmentation fault on a stack of its own, again and again.
import ctypes
import faulthandler
import signal

faulthandler.disable()
libc = ctypes.CDLL(None)
stack = ctypes.create_string_buffer(1 << 16)
libc.sigaltstack((ctypes.c_uint64 * 3)(ctypes.addressof(stack), 0, 1 << 16), None)
signal.signal(signal.SIGSEGV, lambda *_: None)
ctypes.string_at(1)


def solve(x, y):
    return x
