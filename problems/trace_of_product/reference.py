import jax.numpy as jnp


def trace_of_product(a, b):
    return jnp.sum(a * b.T)
