# /// allclose
# verdict = "runtime_error"
# message = "NumPy's fill_diagonal writes into its argument, and JAX cannot. With inplace=False, jnp.fill_diagonal returns the new matrix."
# ///
import jax.numpy as jnp


def set_diagonal(matrix, values):
    jnp.fill_diagonal(matrix, values)
    return matrix
