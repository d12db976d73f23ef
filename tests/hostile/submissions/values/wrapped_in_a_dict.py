# verdicts: wrong_answer
# The right array under a name.
def solve(x, y):
    return {"result": x * (x @ y)}
