import jax.numpy as jnp


def set_in_any_order(x):
    return jnp.sort(x % 7)
