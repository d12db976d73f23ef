# /// allclose
# verdict = "runtime_error"
# message = "The table has room for a square number of coefficients, and there may be any number of them. Pad with zeros at the end until they fill the last row."
# ///
import math

import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    width = math.isqrt(coefficients.size)
    table = coefficients.reshape(width, width)
    low = x[:, None] ** jnp.arange(width)
    high = (x**width)[:, None] ** jnp.arange(width)
    return jnp.sum((low @ table.T) * high, axis=1)
