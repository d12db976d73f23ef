import jax.numpy as jnp
from jax import lax


def horner(coefficients, x):
    # Begins with the first coefficient, and takes the others by their number.
    return lax.fori_loop(
        1,
        coefficients.shape[0],
        lambda place, value: coefficients[place] + x * value,
        jnp.full_like(x, coefficients[0]),
    )
