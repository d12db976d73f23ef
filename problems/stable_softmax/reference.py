import jax.numpy as jnp


def stable_softmax(logits):
    largest = jnp.max(logits, axis=1, keepdims=True)
    weights = jnp.exp(logits - largest)
    return weights / jnp.sum(weights, axis=1, keepdims=True)
