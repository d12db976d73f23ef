# verdicts: wrong_answer
# A list that has the length of the result.
def solve(x, y):
    return [1.0] * x.shape[0]
