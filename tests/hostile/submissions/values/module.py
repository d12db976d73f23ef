# verdicts: wrong_answer
# Itself.
import sys


def solve(x, y):
    return sys.modules["submission"]
