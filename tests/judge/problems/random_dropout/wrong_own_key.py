# wrong_answer distribution
import jax
import jax.numpy as jnp


def random_dropout(key, x):
    return jnp.where(jax.random.bernoulli(jax.random.key(7), 0.5, x.shape), 2 * x, 0)
