import jax.numpy as jnp


def deterministic_only(x):
    return 2 * x
