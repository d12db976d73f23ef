# wrong_answer value
import jax.numpy as jnp


def in_uint64(x):
    return jnp.cumsum(x.astype(jnp.float64) % 2.0**64).astype(jnp.uint64)
