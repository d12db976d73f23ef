# verdicts: compile_error
# A feature that does not exist.
from __future__ import braces


def solve(x, y):
    return x
