# /// allclose
# verdict = "not_traceable"
# message = "error[error <= delta] has as many entries as there are small errors, and a program needs shapes that are known. Compute for all entries and choose by jnp.where."
# ///
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    error = jnp.abs(predictions - targets)
    loss = delta * (error - 0.5 * delta)
    small = error <= delta
    return loss.at[small].set(0.5 * error[small] ** 2)
