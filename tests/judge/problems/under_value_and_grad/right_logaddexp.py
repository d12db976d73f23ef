import jax.numpy as jnp


def under_value_and_grad(x):
    return jnp.logaddexp(x, 0.0).sum()
