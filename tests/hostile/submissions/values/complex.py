# verdicts: wrong_answer
# The right values with an imaginary part.
def solve(x, y):
    return x * (x @ y) + 1j
