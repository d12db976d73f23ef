# verdicts: wrong_answer
# An infinity, within every tolerance that grows with the result.
def solve(x, y):
    return x / 0
