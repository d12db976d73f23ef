# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "The eigenvalue comes back with the vector, and only the vector is asked for."
# ///
import jax.numpy as jnp


def leading_eigenvector(matrix):
    values, vectors = jnp.linalg.eigh(matrix)
    return values[-1], vectors[:, -1]
