# verdicts: wrong_answer
# A promise instead of a result.
import concurrent.futures


def solve(x, y):
    return concurrent.futures.Future()
