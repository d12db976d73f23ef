# wrong_answer value
import jax.numpy as jnp


def in_float64(x):
    return jnp.log1p(x.astype(jnp.float32) ** 2).astype(jnp.float64)
