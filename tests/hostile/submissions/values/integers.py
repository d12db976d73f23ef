# verdicts: wrong_answer
# Whole numbers where float is due.
def solve(x, y):
    return (x * (x @ y)).astype(int)
