import jax.numpy as jnp


def set_diagonal(matrix, values):
    # The rows and the columns of the diagonal: (0, 0), (1, 1), (2, 2), ...
    i = jnp.arange(values.shape[0])
    return matrix
