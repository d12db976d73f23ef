# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The coefficients are read from the last to the first. Horner's scheme begins with the highest power, which is the first: leave out reverse=True."
# ///
import jax.numpy as jnp
from jax import lax


def horner(coefficients, x):
    value, _ = lax.scan(lambda value, c: (value * x + c, None), jnp.zeros_like(x), coefficients, reverse=True)
    return value
