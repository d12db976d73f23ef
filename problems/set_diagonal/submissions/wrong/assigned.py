# /// allclose
# verdict = "runtime_error"
# message = "JAX arrays cannot be assigned to. matrix.at[i, i].set(values) is the matrix with the new entries; return that."
# ///
import jax.numpy as jnp


def set_diagonal(matrix, values):
    i = jnp.arange(values.shape[0])
    matrix[i, i] = values
    return matrix
