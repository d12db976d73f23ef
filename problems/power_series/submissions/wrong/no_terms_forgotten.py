# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "With terms = 0 there is nothing to add up, and the result is 0. Begin with zeros, and add the 1 as the first term."
# ///
import jax.numpy as jnp


def power_series(x, terms):
    total = term = jnp.ones_like(x)
    for k in range(1, terms):
        term = term * x / k
        total = total + term
    return total
