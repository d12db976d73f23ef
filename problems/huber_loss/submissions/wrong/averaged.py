# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "This is the mean over the entries. Asked for is the loss of each."
# ///
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    error = jnp.abs(predictions - targets)
    return jnp.where(error <= delta, 0.5 * error**2, delta * (error - 0.5 * delta)).mean()
