import jax
import jax.numpy as jnp


def norm_and_direction(column):
    # One vector in; one number and one vector out.
    return jnp.zeros(()), column


def column_norms(matrix):
    return norm_and_direction(matrix)
