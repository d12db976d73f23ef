# verdicts: wrong_answer, sandbox_violation
# Names that are text to Python and no text to anything that saves it.
def solve(x, y):
    return {"\ud800\x00\x1b[2J": x, "\udfff": y}
