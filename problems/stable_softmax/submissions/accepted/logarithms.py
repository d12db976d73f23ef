import jax
import jax.numpy as jnp


def stable_softmax(logits):
    # The logarithm of the denominator is subtracted before the exponential instead of dividing after it.
    return jnp.exp(logits - jax.nn.logsumexp(logits, axis=1, keepdims=True))
