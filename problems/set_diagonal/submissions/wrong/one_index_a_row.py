# /// allclose
# verdict = "runtime_error"
# message = "There is an index for every row, but a tall matrix has fewer diagonal entries than rows. Count the values: jnp.arange(values.shape[0])."
# ///
import jax.numpy as jnp


def set_diagonal(matrix, values):
    i = jnp.arange(matrix.shape[0])
    return matrix.at[i, i].set(values)
