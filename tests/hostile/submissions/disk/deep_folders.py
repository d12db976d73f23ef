# verdicts: runtime_error, sandbox_violation
# Folders in folders, too deep for a clean-up by path.
import os

for _ in range(100_000):
    os.mkdir("allclose-hostile")
    os.chdir("allclose-hostile")


def solve(x, y):
    return x
