# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "Where a coefficient is 0 its power is left out, but a tiny coefficient meets a power that is infinite. Horner never forms the powers by themselves."
# ///
import jax.numpy as jnp


def horner(coefficients, x):
    exponents = jnp.arange(coefficients.size - 1, -1, -1)
    terms = coefficients * x[:, None] ** exponents
    return jnp.where(coefficients == 0, 0, terms).sum(axis=1)
