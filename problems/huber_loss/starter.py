import jax
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    return jnp.zeros_like(predictions)
