import math

import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    width = max(1, math.ceil(math.sqrt(coefficients.size)))
    table = jnp.pad(coefficients, (0, width * width - coefficients.size)).reshape(width, width)
    short = jnp.vander(x, width, increasing=True) @ table.T
    return jnp.einsum("nr,nr->n", short, jnp.vander(x**width, width, increasing=True))
