import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = 1.0 - rate
    mask = jax.random.bernoulli(key, keep, x.shape).astype(x.dtype)
    # Where nothing is kept the factor does not matter, as long as it is finite.
    factor = 1.0 / jnp.where(keep > 0, keep, 1.0)
    return x * mask * factor
