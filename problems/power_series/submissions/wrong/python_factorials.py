# /// allclose
# verdict = "runtime_error"
# message = "math.factorial(k) is an exact Python number, and from 13! on it does not fit into the int32 that JAX makes of it. Get each term from the one before: times x, divided by k."
# ///
import math

import jax.numpy as jnp


def power_series(x, terms):
    total = jnp.zeros_like(x)
    for k in range(terms):
        total = total + x**k / math.factorial(k)
    return total
