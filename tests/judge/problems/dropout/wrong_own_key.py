# wrong_answer value
import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = jax.random.bernoulli(jax.random.key(0), 1 - rate, x.shape)
    return jnp.where(keep, x / (1 - rate), 0)
