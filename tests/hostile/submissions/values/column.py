# verdicts: wrong_answer
# always
# (n, 1) for (n,).
def solve(x, y):
    return (x * (x @ y))[:, None]
