import jax.numpy as jnp


def under_scan(x):
    return jnp.tril(jnp.ones((x.size, x.size))) @ x
