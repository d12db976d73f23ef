# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "The coefficients were first copied for every point and multiplied by all powers, which is what splitting avoids. Fold neighbours together, or multiply a table of coefficients by a few powers."
# ///
import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    terms = coefficients * x[:, None] ** jnp.arange(coefficients.size)
    return jnp.sum(terms, axis=1)
