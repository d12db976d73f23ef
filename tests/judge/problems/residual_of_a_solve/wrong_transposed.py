# wrong_answer value
import jax.numpy as jnp


def residual_of_a_solve(a, b):
    return jnp.linalg.solve(a.T, b)
