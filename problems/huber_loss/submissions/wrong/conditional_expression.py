# /// allclose
# verdict = "not_traceable"
# message = "a if condition else b is a Python choice, and it needs the value of an error while the function is traced. Inside vmap too: use jnp.where."
# ///
import jax
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    def one(prediction, target):
        error = jnp.abs(prediction - target)
        return 0.5 * error**2 if error <= delta else delta * (error - 0.5 * delta)

    return jax.vmap(one)(predictions, targets)
