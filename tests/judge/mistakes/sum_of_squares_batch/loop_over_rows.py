import jax.numpy as jnp


def sum_of_squares(vector):
    return jnp.sum(vector**2)


def sum_of_squares_batch(batch):
    return jnp.stack([sum_of_squares(row) for row in batch])
