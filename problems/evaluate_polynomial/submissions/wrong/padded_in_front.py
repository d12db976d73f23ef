# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Zeros in front of the coefficients shift every one of them to a higher power. Pad at the end, where the highest powers are."
# ///
import math

import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    width = math.isqrt(coefficients.size - 1) + 1
    rows = -(-coefficients.size // width)
    table = jnp.pad(coefficients, (rows * width - coefficients.size, 0)).reshape(rows, width)
    low = x[:, None] ** jnp.arange(width)
    high = (x**width)[:, None] ** jnp.arange(rows)
    return jnp.sum((low @ table.T) * high, axis=1)
