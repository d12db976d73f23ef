# /// allclose
# verdict = "not_traceable"
# message = "A Python if needs to know whether the errors are small, and while the function is traced there are no errors yet. jnp.where(condition, a, b) puts the choice into the program."
# ///
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    error = jnp.abs(predictions - targets)
    if (error <= delta).all():
        return 0.5 * error**2
    return delta * (error - 0.5 * delta)
