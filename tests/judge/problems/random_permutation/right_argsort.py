import jax
import jax.numpy as jnp


def random_permutation(key, x):
    return x[jnp.argsort(jax.random.uniform(key, x.shape))]
