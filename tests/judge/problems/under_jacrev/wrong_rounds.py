# wrong_answer value
import jax.numpy as jnp


def under_jacrev(x):
    return jnp.round(x)
