# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The update makes a new array, and nobody keeps it: matrix itself never changes. Return what .at[i, i].set(values) gives."
# ///
import jax.numpy as jnp


def set_diagonal(matrix, values):
    i = jnp.arange(values.shape[0])
    matrix.at[i, i].set(values)
    return matrix
