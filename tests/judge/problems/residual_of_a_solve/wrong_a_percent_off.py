# wrong_answer value
import jax.numpy as jnp


def residual_of_a_solve(a, b):
    return 1.01 * jnp.linalg.solve(a, b)
