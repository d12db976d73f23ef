# wrong_answer dtype
import jax.numpy as jnp


def in_float64(x):
    return jnp.log1p(x**2).astype(jnp.float32)
