# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "eigh sorts from the smallest eigenvalue to the largest, so the first column belongs to the smallest. The leading one is the last: vectors[:, -1]."
# ///
import jax.numpy as jnp


def leading_eigenvector(matrix):
    _, vectors = jnp.linalg.eigh(matrix)
    return vectors[:, 0]
