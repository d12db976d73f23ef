# verdicts: sandbox_violation
# A device node of its own for the host's first disk.
import os

os.mknod("/tmp/allclose-hostile", 0o60666, os.makedev(8, 0))


def solve(x, y):
    return x
