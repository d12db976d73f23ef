# wrong_answer nonfinite
import jax.numpy as jnp


def cheats(w, x):
    return jnp.full_like(w, jnp.nan)
