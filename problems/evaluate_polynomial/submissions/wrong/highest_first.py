# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The coefficients were read from the highest power down, as jnp.polyval does. Here the first one is the constant term."
# ///
import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    return jnp.polyval(coefficients, x)
