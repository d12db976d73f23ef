# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is one term too many: terms counts the 1 at the beginning as well. With 1 term the result is 1, with none it is 0."
# ///
import jax.numpy as jnp


def power_series(x, terms):
    total = term = jnp.ones_like(x)
    for k in range(1, terms + 1):
        term = term * x / k
        total = total + term
    return total
