# wrong_answer value
import jax.numpy as jnp


def set_in_any_order(x):
    return (x % 7).at[0].set((x[-1] % 7 + 1) % 7)
