# wrong_answer distribution
import jax
import jax.numpy as jnp


def random_permutation(key, x):
    return jnp.roll(x, jax.random.randint(key, (), 0, 10))
