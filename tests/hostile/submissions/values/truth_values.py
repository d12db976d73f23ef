# verdicts: wrong_answer
# True, in place of every number.
def solve(x, y):
    return x == x
