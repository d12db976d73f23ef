# wrong_answer dtype
import jax.numpy as jnp


def in_uint64(x):
    return jnp.cumsum(x.astype(jnp.int64))
