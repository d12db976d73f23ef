# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "jnp.polyval is Horner's rule as a scan, one small step after the other, and its turns cannot be counted. Split the polynomial into parts that do not wait for each other."
# ///
import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    return jnp.polyval(coefficients[::-1], x)
