# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Singular values are the magnitudes of the eigenvalues, so a large negative one comes first here. Use jnp.linalg.eigh, which keeps the signs."
# ///
import jax.numpy as jnp


def leading_eigenvector(matrix):
    u, _, _ = jnp.linalg.svd(matrix)
    return u[:, 0]
