# verdicts: wrong_answer, runtime_error
# Makes every pipe refuse to wait.
import os

for descriptor in (0, 1, 2, 3):
    os.set_blocking(descriptor, False)


def solve(x, y):
    return 0 * x
