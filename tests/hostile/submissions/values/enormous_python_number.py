# verdicts: runtime_error, wrong_answer
# An integer that no dtype holds.
def solve(x, y):
    return 10**100
