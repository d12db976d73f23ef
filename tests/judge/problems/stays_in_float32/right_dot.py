import jax.numpy as jnp


def stays_in_float32(x):
    return jnp.sin(x) @ jnp.ones_like(x)
