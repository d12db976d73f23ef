# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "A power for each pair of point and coefficient, and then a product: three operations where two are enough. Split the coefficients into rows, so that a few powers of each point serve all of them."
# ///
import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    return (x[:, None] ** jnp.arange(coefficients.size)) @ coefficients
