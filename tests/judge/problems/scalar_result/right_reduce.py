from functools import reduce

import jax.numpy as jnp


def scalar_result(x):
    return reduce(jnp.maximum, x)
