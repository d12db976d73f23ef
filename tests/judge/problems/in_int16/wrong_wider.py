# wrong_answer dtype
import jax.numpy as jnp


def in_int16(x):
    return x.astype(jnp.int32) // 3
