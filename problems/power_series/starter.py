from functools import partial

import jax
import jax.numpy as jnp


@jax.jit
def power_series(x, terms):
    return jnp.zeros_like(x)
