# wrong_answer value
import jax.numpy as jnp


def in_int32(x):
    return jnp.trunc(x / 7).astype(jnp.int32)
