# verdicts: sandbox_violation
# A shell command through the C library.
import os

os.system("id > /tmp/allclose-hostile")


def solve(x, y):
    return x
