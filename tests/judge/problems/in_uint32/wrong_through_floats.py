# wrong_answer value
import jax.numpy as jnp


def in_uint32(x):
    return ((x ^ (x >> 16)).astype(jnp.float32) * 0x45D9F3B).astype(jnp.uint32)
