# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Adding first and multiplying then leaves a factor x too many after the last coefficient. Multiply first, then add."
# ///
import jax.numpy as jnp
from jax import lax


def horner(coefficients, x):
    value, _ = lax.scan(lambda value, c: ((value + c) * x, None), jnp.zeros_like(x), coefficients)
    return value
