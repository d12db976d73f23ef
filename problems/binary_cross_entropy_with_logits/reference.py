import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    losses = (1.0 - labels) * jnp.logaddexp(0.0, logits) + labels * jnp.logaddexp(0.0, -logits)
    return jnp.mean(losses)
