import jax.numpy as jnp


def under_hessian(x):
    return jnp.hypot(1.0, jnp.sqrt(x @ x))
