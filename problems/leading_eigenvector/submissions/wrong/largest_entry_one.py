# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The entry of the largest magnitude was made 1, and with it the vector is longer than 1. eigh returns vectors of length 1: leave them so."
# ///
import jax.numpy as jnp


def leading_eigenvector(matrix):
    _, vectors = jnp.linalg.eigh(matrix)
    v = vectors[:, -1]
    return v / v[jnp.argmax(jnp.abs(v))]
