# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This adds up powers of x, as for 1 / (1 - x). In the exponential series each power is divided by its factorial: divide by k from term to term."
# ///
import jax.numpy as jnp


def power_series(x, terms):
    total, term = jnp.zeros_like(x), jnp.ones_like(x)
    for _ in range(terms):
        total, term = total + term, term * x
    return total
