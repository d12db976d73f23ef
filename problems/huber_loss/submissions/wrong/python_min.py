# /// allclose
# verdict = "not_traceable"
# message = "Python's min compares two values to decide, and there are none yet. jnp.minimum compares entry by entry in the program."
# ///
import jax
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    def one(prediction, target):
        error = jnp.abs(prediction - target)
        clipped = min(error, delta)
        return clipped * (error - 0.5 * clipped)

    return jax.vmap(one)(predictions, targets)
