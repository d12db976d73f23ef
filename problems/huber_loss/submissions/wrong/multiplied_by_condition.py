# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The square of an outlier is infinite, and infinity times the 0 of its condition is NaN. jnp.where takes one branch and leaves the other."
# ///
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    error = jnp.abs(predictions - targets)
    small = (error <= delta).astype(jnp.float32)
    return small * 0.5 * error**2 + (1 - small) * delta * (error - 0.5 * delta)
