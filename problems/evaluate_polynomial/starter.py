import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    # One power for each pair of point and coefficient: too much work.
    powers = x[:, None] ** jnp.arange(coefficients.size)
    return powers[:, 0] * coefficients[0]
