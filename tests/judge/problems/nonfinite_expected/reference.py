import jax.numpy as jnp


def nonfinite_expected(x):
    return jnp.log(x)
