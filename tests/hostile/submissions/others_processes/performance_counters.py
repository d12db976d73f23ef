# verdicts: sandbox_violation
# always
# Counters, from which other programs' secrets have been read.
import ctypes
import platform

PERF = {"x86_64": 298, "aarch64": 241}[platform.machine()]
ctypes.CDLL(None).syscall(PERF, ctypes.create_string_buffer(128), 0, -1, -1, 0)


def solve(x, y):
    return x
