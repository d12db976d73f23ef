import jax.numpy as jnp


def solve(x, y):
    return x * jnp.dot(x, y)
