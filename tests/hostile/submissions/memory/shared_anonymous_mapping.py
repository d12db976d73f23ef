# verdicts: runtime_error
# always
# Shared memory, which a limit on private data does not count.
import mmap

KEPT = [mmap.mmap(-1, 1 << 30) for _ in range(64)]


def solve(x, y):
    return x
