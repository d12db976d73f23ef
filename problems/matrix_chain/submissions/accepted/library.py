import jax.numpy as jnp


def matrix_chain(a, b, c):
    return jnp.linalg.multi_dot([a, b, c])
