# wrong_answer value
import jax.numpy as jnp


def in_uint16(x):
    y = x.astype(jnp.int16)
    return ((y << 8) | (y >> 8)).astype(jnp.uint16)
