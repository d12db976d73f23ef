import jax
import jax.numpy as jnp


def norm_and_direction(column):
    norm = jnp.sqrt(jnp.sum(column**2))
    return norm, column / norm


def column_norms(matrix):
    return jax.vmap(norm_and_direction, in_axes=1, out_axes=(0, 1))(matrix)
