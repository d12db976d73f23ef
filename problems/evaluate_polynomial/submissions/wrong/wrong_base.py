# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Row r belongs to the power x**(width * r). Here it is multiplied by x**r."
# ///
import math

import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    width = math.isqrt(coefficients.size - 1) + 1
    rows = -(-coefficients.size // width)
    table = jnp.pad(coefficients, (0, rows * width - coefficients.size)).reshape(rows, width)
    low = x[:, None] ** jnp.arange(width)
    high = x[:, None] ** jnp.arange(rows)
    return jnp.sum((low @ table.T) * high, axis=1)
