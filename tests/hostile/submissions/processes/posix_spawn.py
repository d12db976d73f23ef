# verdicts: sandbox_violation
# A program, started in one call.
import os

os.posix_spawn("/bin/sh", ["sh", "-c", "id"], {})


def solve(x, y):
    return x
