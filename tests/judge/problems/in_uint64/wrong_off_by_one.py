# wrong_answer value
import jax.numpy as jnp


def in_uint64(x):
    return jnp.cumsum(x) + (x > 2**62)
