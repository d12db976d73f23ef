# wrong_answer distribution
import jax
import jax.numpy as jnp


def random_permutation(key, x):
    return jnp.concatenate([x[:1], jax.random.permutation(key, x[1:])])
