# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "A scan returns a pair, the last carry and what was collected, here None. Return the carry only."
# ///
import jax.numpy as jnp
from jax import lax


def horner(coefficients, x):
    return lax.scan(lambda value, c: (value * x + c, None), jnp.zeros_like(x), coefficients)
