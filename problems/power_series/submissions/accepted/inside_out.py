import jax.numpy as jnp


def power_series(x, terms):
    total = jnp.zeros_like(x)
    for k in reversed(range(terms)):
        total = 1 + x / (k + 1) * total
    return total
