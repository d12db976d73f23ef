import jax.numpy as jnp


def solve(x, y):
    return jnp.sum(x * y) * x
