# verdicts: sandbox_violation
# always
# A file in memory, which no limit on memory or on files counts.
import os

os.write(os.memfd_create("allclose-hostile"), bytes(1 << 20))


def solve(x, y):
    return x
