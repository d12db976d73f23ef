# compile_error
import jax
import jax.numpy as jnp


def init(key, width):
    return {}
