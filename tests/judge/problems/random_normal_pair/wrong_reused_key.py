# wrong_answer distribution
import jax
import jax.numpy as jnp


def random_normal_pair(key, scale):
    row = jax.random.normal(key, (16,))
    return scale * jnp.stack([row, row])
