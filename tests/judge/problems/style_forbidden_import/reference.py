import jax.numpy as jnp


def style_forbidden_import(x):
    return x + jnp.arange(x.size)
