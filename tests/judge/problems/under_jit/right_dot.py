import jax.numpy as jnp


def under_jit(x):
    return jnp.sin(x) @ jnp.ones_like(x)
