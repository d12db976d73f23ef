import math

import jax
import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    # The short polynomials by a product, and Horner's rule over the few rows, whose number is the root of D.
    width = 2 * math.isqrt(coefficients.size) + 1
    rows = -(-coefficients.size // width)
    table = jnp.pad(coefficients, (0, rows * width - coefficients.size)).reshape(rows, width)

    def at_point(x):
        short = table @ x ** jnp.arange(width)
        power, value = x**width, short[-1]
        for r in range(rows - 2, -1, -1):
            value = value * power + short[r]
        return value

    return jax.vmap(at_point)(x)
