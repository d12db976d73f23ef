# wrong_answer shape
import jax.numpy as jnp


def size_one_axes(x, y):
    return jnp.squeeze(x * y)
