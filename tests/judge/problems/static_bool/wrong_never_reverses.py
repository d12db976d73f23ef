# wrong_answer value
import jax.numpy as jnp


def static_bool(x, reverse):
    return jnp.cumsum(x)
