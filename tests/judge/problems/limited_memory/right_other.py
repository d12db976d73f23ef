import jax.numpy as jnp


def limited_memory(x):
    return jnp.swapaxes(x, 0, 1) + x
