import jax.numpy as jnp


def limited_time(x):
    return jnp.ones_like(x) + x
