import jax.numpy as jnp


def segment_sums(values, segments, weights):
    sums = jnp.zeros_like(weights).at[segments].set(values)
    return weights * sums
