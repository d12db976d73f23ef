import jax.numpy as jnp


def unroll_polyval(x):
    return jnp.polyval(x, 0.5)
