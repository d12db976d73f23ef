# wrong_answer dtype
import jax.numpy as jnp


def in_int64(x):
    y = x.astype(jnp.int32)
    return (y * y).sum(dtype=jnp.int32)
