# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The norms come first, then the directions."
# ///
import jax.numpy as jnp


def column_norms(matrix):
    norms = jnp.linalg.norm(matrix, axis=0)
    return matrix / norms, norms
