# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "That is x itself."
# ///
def solve(x, y):
    return x
