# wrong_answer dtype
import jax.numpy as jnp


def cheats(w, x):
    return (w * x[:, None]).astype(jnp.int32)
