import jax.numpy as jnp


def trace_of_product(a, b):
    return jnp.vdot(a.ravel(), b.T.ravel())
