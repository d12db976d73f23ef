# wrong_answer distribution
import jax
import jax.numpy as jnp


def random_normal_pair(key, scale):
    return scale * jax.random.uniform(key, (2, 16), minval=-(3**0.5), maxval=3**0.5)
