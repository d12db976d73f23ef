# verdicts: wrong_answer
# Clocks that stand still, run backwards and are no numbers.
import time

time.perf_counter = time.monotonic = time.time = lambda: float("nan")


def solve(x, y):
    return 0 * x
