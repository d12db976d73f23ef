# verdicts: sandbox_violation
# always
# Another root folder, and out of it.
import os

os.chroot("/")


def solve(x, y):
    return x
