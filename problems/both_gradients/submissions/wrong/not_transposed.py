# /// allclose
# verdict = "runtime_error"
# message = "The errors have a row for each user. Adding up over the users takes their transpose: error.T @ users. Or let grad do the bookkeeping."
# ///
def both_gradients(users, items, ratings):
    error = users @ items.T - ratings
    return 2 * error @ items, 2 * error @ users
