# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "vectors[:, -1:] is a matrix with one column, shape (D, 1). With vectors[:, -1] it is a vector, (D,)."
# ///
import jax.numpy as jnp


def leading_eigenvector(matrix):
    _, vectors = jnp.linalg.eigh(matrix)
    return vectors[:, -1:]
