# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "That is a pair."
# ///
def solve(x, y):
    return x, x @ y
