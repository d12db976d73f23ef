# wrong_answer value
import jax.numpy as jnp


def in_int8(x):
    return jnp.clip(2 * x.astype(jnp.int32), -128, 127).astype(jnp.int8)
