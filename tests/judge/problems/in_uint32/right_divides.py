import jax.numpy as jnp


def in_uint32(x):
    return (x ^ (x // 65536)) * jnp.uint32(73244475)
