# wrong_answer dtype
import jax.numpy as jnp


def in_bfloat16(x):
    y = x.astype(jnp.float32)
    return y * y + y
