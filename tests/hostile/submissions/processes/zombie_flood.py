# verdicts: sandbox_violation
# Children that are never waited for.
import os

for _ in range(10_000):
    if os.fork() == 0:
        os._exit(0)


def solve(x, y):
    return x
