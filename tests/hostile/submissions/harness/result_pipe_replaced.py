# verdicts: runtime_error
# always
# Has its results thrown away, and ends well.
import os

os.dup2(os.open("/dev/null", os.O_WRONLY), 3)


def solve(x, y):
    return 0 * x
