# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "argmax over the magnitudes also takes a large negative eigenvalue. The largest one is furthest to the right, the last that eigh returns."
# ///
import jax.numpy as jnp


def leading_eigenvector(matrix):
    values, vectors = jnp.linalg.eigh(matrix)
    return vectors[:, jnp.argmax(jnp.abs(values))]
