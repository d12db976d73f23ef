import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    error = jnp.abs(predictions - targets)
    clipped = jnp.minimum(error, delta)
    return clipped * (error - clipped / 2)
