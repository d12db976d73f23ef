# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "Horner's rule by scan does little work, but in D steps, each of which waits for the one before, and its turns cannot be counted. Evaluate rows of coefficients at once, as a matrix product."
# ///
import jax.numpy as jnp
from jax import lax


def evaluate_polynomial(coefficients, x):
    value, _ = lax.scan(lambda value, c: (value * x + c, None), jnp.zeros_like(x), coefficients[::-1])
    return value
