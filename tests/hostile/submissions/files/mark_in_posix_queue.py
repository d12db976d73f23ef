# verdicts: sandbox_violation
# A message queue with a name.
import ctypes
import platform

ctypes.CDLL(None).syscall({"x86_64": 240, "aarch64": 180}[platform.machine()], b"allclose-hostile", 0o102, 0o666, None)


def solve(x, y):
    return x
