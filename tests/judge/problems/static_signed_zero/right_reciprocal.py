import math

import jax.numpy as jnp


def static_signed_zero(x, at):
    if math.isnan(at):
        return x
    return jnp.abs(x) * math.copysign(1.0, at)
