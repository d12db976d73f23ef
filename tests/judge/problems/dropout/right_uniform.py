import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    return x * (jax.random.uniform(key, x.shape) < 1 - rate) / (1 - rate)
