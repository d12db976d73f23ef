# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The sign is flipped. With ratings minus predictions, the inner derivative brings a factor -1; grad would have kept it."
# ///
def both_gradients(users, items, ratings):
    error = ratings - users @ items.T
    return 2 * error @ items, 2 * error.T @ users
