import jax.numpy as jnp


def in_uint8(x):
    return jnp.uint8(255) - x
