# verdicts: runtime_error, time_limit
# Reads the next job in place of the next child.
from sandbox.inside import child

MORE = list(child.jobs())
assert MORE


def solve(x, y):
    return x
