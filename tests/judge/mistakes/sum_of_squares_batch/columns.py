import jax.numpy as jnp


def sum_of_squares_batch(batch):
    return jnp.sum(batch**2, axis=0)
