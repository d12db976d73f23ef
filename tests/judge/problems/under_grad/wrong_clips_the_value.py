# wrong_answer value
import jax.numpy as jnp


def under_grad(x, bound):
    return (jnp.clip(x, -bound, bound) ** 3).sum()
