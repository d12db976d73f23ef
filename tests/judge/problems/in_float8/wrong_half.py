# wrong_answer value
import jax.numpy as jnp


def in_float8(x):
    return (x.astype(jnp.float32) / 2).astype(x.dtype)
