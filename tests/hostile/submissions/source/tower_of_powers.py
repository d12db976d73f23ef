# verdicts: time_limit, memory_limit
# A constant that no memory holds, for whoever folds constants.
X = 10**10**8


def solve(x, y):
    return x * X
