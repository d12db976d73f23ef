# verdicts: wrong_answer
# As many arrays as a tree may have.
def solve(x, y):
    return [x] * 4000
