from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="terms")
def power_series(x, terms):
    total = jnp.zeros_like(x)
    term = jnp.ones_like(x)
    for k in range(terms):
        total = total + term
        term = term * x / (k + 1)
    return total
