# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "keepdims=True leaves the norms as one row of a matrix, shape (1, B). Against (D, B), shape (B,) broadcasts as well, and that is what is asked for."
# ///
import jax.numpy as jnp


def column_norms(matrix):
    norms = jnp.linalg.norm(matrix, axis=0, keepdims=True)
    return norms, matrix / norms
