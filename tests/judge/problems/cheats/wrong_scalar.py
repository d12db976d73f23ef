# wrong_answer shape
import jax.numpy as jnp


def cheats(w, x):
    return (w * x[:, None]).sum()
