# verdicts: runtime_error
# always
# Descriptors until there are no more, then everything that needs one.
import os

KEPT = []
while True:
    KEPT.append(os.dup(1))


def solve(x, y):
    return x
