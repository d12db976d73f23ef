# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "That multiplies y."
# ///
def solve(x, y):
    return y * (x @ y)
