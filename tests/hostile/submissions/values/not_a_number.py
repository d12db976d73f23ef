# verdicts: wrong_answer
# run: wrong_answer
# always
# NaN, which compares as nothing and is let pass by comparisons written the other way round.
def solve(x, y):
    return x * float("nan")
