# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The branches are exchanged: small errors get the linear loss, large ones the quadratic. jnp.where takes the first array where the condition holds."
# ///
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    error = jnp.abs(predictions - targets)
    return jnp.where(error > delta, 0.5 * error**2, delta * (error - 0.5 * delta))
