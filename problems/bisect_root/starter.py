import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    low, high = mean - eccentricity, mean + eccentricity
    return (low + high) / 2
