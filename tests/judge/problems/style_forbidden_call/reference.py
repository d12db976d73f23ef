import jax.numpy as jnp


def style_forbidden_call(x):
    return jnp.tril(jnp.ones((x.size, x.size))) @ x
