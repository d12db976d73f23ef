# verdicts: sandbox_violation, runtime_error
# A thread, as the filter allows it, that asks for namespaces of its own.
import ctypes
import platform

CLONE = {"x86_64": 56, "aarch64": 220}[platform.machine()]
NEWUSER, THREAD, SIGHAND, VM = 0x10000000, 0x10000, 0x800, 0x100
libc = ctypes.CDLL(None, use_errno=True)
assert libc.syscall(CLONE, NEWUSER | THREAD | SIGHAND | VM, 0, 0, 0, 0) > 0, f"errno {ctypes.get_errno()}"


def solve(x, y):
    return x
