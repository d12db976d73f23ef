# /// allclose
# verdict = "not_traceable"
# message = "np.where wants the numbers, which are not there while JAX traces the function. jnp.where is the same function for arrays of JAX."
# ///
import jax.numpy as jnp
import numpy as np


def huber_loss(predictions, targets, delta):
    error = jnp.abs(predictions - targets)
    return np.where(error <= delta, 0.5 * error**2, delta * (error - 0.5 * delta))
