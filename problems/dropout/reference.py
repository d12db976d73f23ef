import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = 1.0 - rate
    kept = jax.random.bernoulli(key, keep, x.shape)
    return jnp.where(kept, x / keep, 0.0)
