# wrong_answer dtype
import jax.numpy as jnp


def in_bool(x):
    return (x > 0).astype(jnp.int32)
