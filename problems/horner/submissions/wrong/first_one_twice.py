# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The scan begins with the first coefficient and then meets it again. Begin with zeros, or walk along coefficients[1:]."
# ///
import jax.numpy as jnp
from jax import lax


def horner(coefficients, x):
    start = jnp.full_like(x, coefficients[0])
    value, _ = lax.scan(lambda value, c: (value * x + c, None), start, coefficients)
    return value
