# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "vectors[-1] is a row: the last entry of every eigenvector. The eigenvectors are the columns: vectors[:, -1]."
# ///
import jax.numpy as jnp


def leading_eigenvector(matrix):
    _, vectors = jnp.linalg.eigh(matrix)
    return vectors[-1]
