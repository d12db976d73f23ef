import jax
import jax.numpy as jnp


def solve_many(matrices, right_sides):
    # One matrix, one right-hand side: what is the call? Then map it.
    return jnp.zeros_like(right_sides)
