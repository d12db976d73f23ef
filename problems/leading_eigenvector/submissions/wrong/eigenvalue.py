# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "This is the largest eigenvalue, one number. eigh returns the eigenvectors second: values, vectors = jnp.linalg.eigh(matrix)."
# ///
import jax.numpy as jnp


def leading_eigenvector(matrix):
    return jnp.linalg.eigh(matrix)[0][-1]
