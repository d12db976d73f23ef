import jax.numpy as jnp


def under_jit(x):
    return jnp.sin(x).sum()
