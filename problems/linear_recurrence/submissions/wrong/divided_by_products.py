# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "A running product of a becomes 0, by a factor of 0 or by many small ones, and dividing by it gives infinity or NaN. Composed steps need products and sums only."
# ///
import jax.numpy as jnp


def linear_recurrence(a, b, start):
    products = jnp.cumprod(a, axis=0)
    return products * (start + jnp.cumsum(b / products, axis=0))
