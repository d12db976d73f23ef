# verdicts: wrong_answer, runtime_error
# The same, and goes on as if nothing were the matter.
import os

try:
    while True:
        os.open("/dev/null", os.O_RDONLY)
except OSError:
    pass


def solve(x, y):
    return 0 * x
