import jax.numpy as jnp


def style_forbidden_call(x):
    i = jnp.arange(x.size)
    return jnp.where(i[:, None] >= i, x, 0).sum(1)
