# wrong_answer value
import jax
import jax.numpy as jnp


def in_int16(x):
    return jax.lax.div(x, jnp.int16(3))
