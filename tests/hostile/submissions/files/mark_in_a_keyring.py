# verdicts: sandbox_violation
# always
# The kernel's store of keys, which belongs to a user and not to a process.
import ctypes
import platform

ADD_KEY = {"x86_64": 248, "aarch64": 217}[platform.machine()]
ctypes.CDLL(None).syscall(ADD_KEY, b"user", b"allclose-hostile", b"x", 1, -4)


def solve(x, y):
    return x
