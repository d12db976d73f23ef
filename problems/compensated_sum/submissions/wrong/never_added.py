# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The errors are collected and then left out. Return total + lost."
# ///
import jax.numpy as jnp
from jax import lax


def compensated_sum(x):
    def step(carry, value):
        total, lost = carry
        new = total + value
        added = new - total
        return (new, lost + (total - (new - added)) + (value - added)), None

    zero = jnp.zeros((), x.dtype)
    (total, lost), _ = lax.scan(step, (zero, zero), x)
    return total
