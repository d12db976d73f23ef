# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "This is what was collected: the value after every coefficient, shape (K, N). The polynomial is the last of them, which is the carry."
# ///
import jax.numpy as jnp
from jax import lax


def horner(coefficients, x):
    def step(value, c):
        value = value * x + c
        return value, value

    return lax.scan(step, jnp.zeros_like(x), coefficients)[1]
