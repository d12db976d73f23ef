# wrong_answer dtype
import jax.numpy as jnp


def in_float16(x):
    return jnp.sin(x) * jnp.float32(1)
