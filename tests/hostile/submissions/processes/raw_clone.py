# verdicts: sandbox_violation
# always
# A new process past the C library.
import ctypes
import platform
import signal

CLONE = {"x86_64": 56, "aarch64": 220}[platform.machine()]
ctypes.CDLL(None).syscall(CLONE, signal.SIGCHLD, 0, 0, 0, 0)


def solve(x, y):
    return x
