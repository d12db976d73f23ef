# wrong_answer value
import jax.numpy as jnp


def static_bool(x, reverse):
    y = jnp.cumsum(x)
    return jnp.flip(y) if reverse else y
