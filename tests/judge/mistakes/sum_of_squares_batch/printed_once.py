import jax
import jax.numpy as jnp


def sum_of_squares(vector):
    print("one row", vector)
    return jnp.sum(vector)


def sum_of_squares_batch(batch):
    return jax.vmap(sum_of_squares)(batch)
