import math

import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    # Rows of about sqrt(D) coefficients: short polynomials, which are the coefficients of one in x**width.
    width = math.isqrt(coefficients.size - 1) + 1
    rows = -(-coefficients.size // width)
    table = jnp.pad(coefficients, (0, rows * width - coefficients.size)).reshape(rows, width)

    low = x[:, None] ** jnp.arange(width)
    high = (x**width)[:, None] ** jnp.arange(rows)
    return jnp.sum((low @ table.T) * high, axis=1)
