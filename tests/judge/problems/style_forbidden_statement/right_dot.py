import jax.numpy as jnp


def style_forbidden_statement(x):
    return x @ jnp.ones_like(x)
