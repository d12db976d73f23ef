# wrong_answer value
import jax.numpy as jnp


def cheats(w, x):
    return jnp.zeros_like(w)
