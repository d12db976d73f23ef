# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = ".add puts the values on top of what is there. .set replaces it."
# ///
import jax.numpy as jnp


def set_diagonal(matrix, values):
    i = jnp.arange(values.shape[0])
    return matrix.at[i, i].add(values)
