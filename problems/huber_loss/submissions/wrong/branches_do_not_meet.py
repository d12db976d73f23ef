# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "At an error of delta, the linear branch should be half of delta squared and is 0. What is subtracted there is half of delta."
# ///
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    error = jnp.abs(predictions - targets)
    return jnp.where(error <= delta, 0.5 * error**2, delta * (error - delta))
