# verdicts: wrong_answer, memory_limit
# Products of sequences, nested so that each is within what a compiler folds.
X = lambda: ((((("x" * 4096,) * 256,) * 256,) * 256,) * 256)


def solve(x, y):
    return 0 * x
