# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "left @ right.T has the product of every row with every row. Only the pairs (i, i) are asked for: map jnp.dot over the rows of both."
# ///
def rowwise_dot(left, right):
    return left @ right.T
