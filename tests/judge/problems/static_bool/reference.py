import jax.numpy as jnp


def static_bool(x, reverse):
    return jnp.flip(jnp.cumsum(jnp.flip(x))) if reverse else jnp.cumsum(x)
