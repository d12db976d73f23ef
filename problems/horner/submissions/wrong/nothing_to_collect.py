# /// allclose
# verdict = "runtime_error"
# message = "The step of a scan returns a pair, the next carry and what is collected. Where nothing is: return value, None."
# ///
import jax.numpy as jnp
from jax import lax


def horner(coefficients, x):
    value, _ = lax.scan(lambda value, c: value * x + c, jnp.zeros_like(x), coefficients)
    return value
