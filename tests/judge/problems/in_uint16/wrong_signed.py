# wrong_answer dtype
import jax.numpy as jnp


def in_uint16(x):
    return ((x << 8) | (x >> 8)).astype(jnp.int16)
