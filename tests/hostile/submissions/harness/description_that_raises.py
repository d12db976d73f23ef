# verdicts: runtime_error
# Breaks what would describe its failure.
from sandbox.inside import learner

learner.describe = None


def solve(x, y):
    raise ValueError
