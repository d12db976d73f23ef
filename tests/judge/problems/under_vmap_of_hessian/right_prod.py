import jax.numpy as jnp


def under_vmap_of_hessian(x):
    return jnp.prod(jnp.exp(-x * x))
