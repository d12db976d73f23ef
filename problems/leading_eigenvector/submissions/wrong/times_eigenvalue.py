# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Here the vector is as long as the eigenvalue is large. A direction is asked for, of length 1: leave out the factor."
# ///
import jax.numpy as jnp


def leading_eigenvector(matrix):
    values, vectors = jnp.linalg.eigh(matrix)
    return values[-1] * vectors[:, -1]
