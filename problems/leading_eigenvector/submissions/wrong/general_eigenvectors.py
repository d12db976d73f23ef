# /// allclose
# verdict = "wrong_answer"
# reason = "dtype"
# message = "jnp.linalg.eig is for any square matrix and returns complex numbers. Symmetric matrices have jnp.linalg.eigh, whose results are real and sorted."
# ///
import jax.numpy as jnp


def leading_eigenvector(matrix):
    values, vectors = jnp.linalg.eig(matrix)
    return vectors[:, jnp.argmax(values.real)]
