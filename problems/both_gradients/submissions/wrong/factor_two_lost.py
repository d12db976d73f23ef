# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Both gradients are half of what they should be: the derivative of a square brings down a factor 2, and this loss has no half in front."
# ///
def both_gradients(users, items, ratings):
    error = users @ items.T - ratings
    return error @ items, error.T @ users
