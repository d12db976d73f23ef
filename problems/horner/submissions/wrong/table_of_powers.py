# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "A high power of x overflows to infinity, and with a coefficient of 0 it becomes NaN. Horner's scheme multiplies and adds in turns and needs no power."
# ///
import jax.numpy as jnp


def horner(coefficients, x):
    powers = x[:, None] ** jnp.arange(coefficients.shape[0] - 1, -1, -1)
    return jnp.sum(coefficients * powers, axis=1)
