import jax.numpy as jnp


def column_norms(matrix):
    norms = jnp.linalg.norm(matrix, axis=0)
    return norms, matrix / norms
