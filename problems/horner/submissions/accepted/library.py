import jax.numpy as jnp


def horner(coefficients, x):
    return jnp.polyval(coefficients, x)
