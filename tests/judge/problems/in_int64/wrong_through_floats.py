# wrong_answer value
import jax.numpy as jnp


def in_int64(x):
    return (x.astype(jnp.float64) ** 2).sum().astype(jnp.int64) | 1
