import jax.numpy as jnp


def under_hessian(x):
    return jnp.sqrt(1 + x @ x)
