# verdicts: sandbox_violation
# always
# A program inside the kernel.
import ctypes
import platform

ctypes.CDLL(None).syscall({"x86_64": 321, "aarch64": 280}[platform.machine()], 5, ctypes.create_string_buffer(128), 128)


def solve(x, y):
    return x
