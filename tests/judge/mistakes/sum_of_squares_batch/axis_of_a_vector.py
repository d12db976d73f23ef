import jax
import jax.numpy as jnp


def sum_of_squares(vector):
    return jnp.sum(vector**2, axis=1)


def sum_of_squares_batch(batch):
    return jax.vmap(sum_of_squares)(batch)
