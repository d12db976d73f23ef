# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The quadratic branch is half the square of the error, and here it is the whole one. With the half, value and slope agree at delta."
# ///
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    error = jnp.abs(predictions - targets)
    return jnp.where(error <= delta, error**2, delta * (error - 0.5 * delta))
