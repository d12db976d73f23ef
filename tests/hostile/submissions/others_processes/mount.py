# verdicts: sandbox_violation
# always
# Mounts the process table.
import ctypes

ctypes.CDLL(None).mount(b"proc", b"/tmp", b"proc", 0, None)


def solve(x, y):
    return x
