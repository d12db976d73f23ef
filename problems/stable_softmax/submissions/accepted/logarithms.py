import jax
import jax.numpy as jnp


def stable_softmax(logits):
    # The logarithm of the denominator is subtracted before the exponential instead of dividing after it; both the scores
    # and the logarithm are then those of the shifted row, and small.
    return jnp.exp(jax.nn.log_softmax(logits, axis=1))
