# verdicts: wrong_answer
# always
# What a tolerance could swallow.
import jax.numpy as jnp


def solve(x, y):
    return jnp.zeros_like(x)
