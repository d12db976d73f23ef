# verdicts: wrong_answer
# A scalar that broadcasting would compare with everything.
def solve(x, y):
    return x[0] * (x @ y)
