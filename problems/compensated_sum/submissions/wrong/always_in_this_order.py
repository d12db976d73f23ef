# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "value - (new - total) is the error only if the running sum is the larger of the two. When a larger term arrives, digits of the sum are lost and not counted. Exchange the two with jnp.where, or compute the error of both."
# ///
import jax.numpy as jnp
from jax import lax


def compensated_sum(x):
    def step(carry, value):
        total, lost = carry
        new = total + value
        return (new, lost + (value - (new - total))), None

    zero = jnp.zeros((), x.dtype)
    (total, lost), _ = lax.scan(step, (zero, zero), x)
    return total + lost
