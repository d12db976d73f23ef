import jax.numpy as jnp


def leading_eigenvector(matrix):
    _, vectors = jnp.linalg.eigh(matrix)
    return vectors[:, -1]
