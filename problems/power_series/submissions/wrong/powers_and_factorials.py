# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The power and the factorial overflow, and infinity divided by infinity is NaN, though the term is an ordinary number. Get each term from the one before: times x, divided by k."
# ///
import math

import jax.numpy as jnp


def power_series(x, terms):
    total = jnp.zeros_like(x)
    for k in range(terms):
        total = total + x**k / float(math.factorial(k))
    return total
