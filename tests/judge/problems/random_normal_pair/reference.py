import jax
import jax.numpy as jnp


def random_normal_pair(key, scale):
    return scale * jax.random.normal(key, (2, 16))
