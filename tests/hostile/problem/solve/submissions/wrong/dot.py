# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "That is the dot product alone."
# ///
def solve(x, y):
    return x @ y
