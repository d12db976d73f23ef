# verdicts: wrong_answer
# A function that would compute the result.
def solve(x, y):
    return lambda: x * (x @ y)
