# wrong_answer distribution
import jax
import jax.numpy as jnp


def random_normal_pair(key, scale):
    return scale * jnp.clip(jax.random.normal(key, (2, 16)), -2, 2)
