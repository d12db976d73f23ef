import jax
import jax.numpy as jnp
from jax.scipy.special import ndtri


def normal(key, shape):
    # The quantile function of the normal distribution, at uniform numbers that are never 0.
    return ndtri(jax.random.uniform(key, shape, minval=jnp.finfo(jnp.float32).tiny))


def two_independent_normals(key, means_a, means_b):
    key, key_a = jax.random.split(key)
    key, key_b = jax.random.split(key)
    return means_a + normal(key_a, means_a.shape), means_b + normal(key_b, means_b.shape)
