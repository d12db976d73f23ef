# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "Without an axis this is one norm for the whole matrix. Map over the columns, or say axis=0."
# ///
import jax.numpy as jnp


def column_norms(matrix):
    norm = jnp.linalg.norm(matrix)
    return norm, matrix / norm
