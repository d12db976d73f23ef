# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Kahan's form puts the error into the next term. If that term is larger than the running sum, the error is rounded off again, and its own is not seen. Find the error with the larger number first, sum the errors by themselves, and add them at the very end."
# ///
import jax.numpy as jnp
from jax import lax


def compensated_sum(x):
    def step(carry, value):
        total, lost = carry
        value = value + lost
        new = total + value
        return (new, value - (new - total)), None

    zero = jnp.zeros((), x.dtype)
    (total, _), _ = lax.scan(step, (zero, zero), x)
    return total
