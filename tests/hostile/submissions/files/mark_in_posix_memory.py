# verdicts: runtime_error, sandbox_violation
# Shared memory with a name.
from multiprocessing import shared_memory

shared_memory.SharedMemory("allclose-hostile", create=True, size=4096)


def solve(x, y):
    return x
