# verdicts: runtime_error
# run: runtime_error
# Ends well before there is a function.
import sys

sys.exit(0)


def solve(x, y):
    return x
