# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The factorials are int32 here, and from 13! on they wrap around to other numbers, without a word. Get each term from the one before: times x, divided by k."
# ///
import jax.numpy as jnp


def power_series(x, terms):
    total, power, factorial = jnp.zeros_like(x), jnp.ones_like(x), jnp.int32(1)
    for k in range(terms):
        total = total + power / factorial
        power, factorial = power * x, factorial * (k + 1)
    return total
