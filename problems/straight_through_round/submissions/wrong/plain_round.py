# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The values are right, and the gradient is zero: rounding is flat. Add a part that has the gradient of x and no value, or wrap the correction in stop_gradient."
# ///
import jax.numpy as jnp


def straight_through_round(x):
    return jnp.round(x)
