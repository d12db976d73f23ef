# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "A large negative error is below delta too, and gets the quadratic loss. Compare the size of the error: jnp.abs."
# ///
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    error = predictions - targets
    return jnp.where(error <= delta, 0.5 * error**2, delta * (error - 0.5 * delta))
