# verdicts: wrong_answer
# A Python number, whose dtype is weak.
def solve(x, y):
    return 1.0
