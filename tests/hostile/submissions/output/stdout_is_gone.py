# verdicts: runtime_error, wrong_answer
# Takes standard output and standard error away.
import os
import sys

sys.stdout = sys.stderr = None
os.close(1)
os.close(2)


def solve(x, y):
    return 0 * x
