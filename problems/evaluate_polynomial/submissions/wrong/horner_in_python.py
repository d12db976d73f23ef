# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "Horner's rule as a Python loop writes two operations into the program for every coefficient. Split the coefficients into a table, and let one matrix product evaluate all its rows."
# ///
import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    value = jnp.zeros_like(x)
    for j in range(coefficients.size - 1, -1, -1):
        value = value * x + coefficients[j]
    return value
