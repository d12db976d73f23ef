import jax.numpy as jnp


def style_required_import(x):
    return jnp.exp(x)
