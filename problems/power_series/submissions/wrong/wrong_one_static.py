# /// allclose
# verdict = "not_traceable"
# message = "static_argnums=0 makes x static, and an array cannot be: it has no hash. The static argument is terms, number 1."
# ///
from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnums=0)
def power_series(x, terms):
    total, term = jnp.zeros_like(x), jnp.ones_like(x)
    for k in range(terms):
        total, term = total + term, term * x / (k + 1)
    return total
