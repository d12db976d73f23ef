import jax.numpy as jnp


def whiten(x):
    u, _, _ = jnp.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return u * jnp.sqrt(len(x))
