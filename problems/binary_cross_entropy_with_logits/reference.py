import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    losses = jnp.maximum(logits, 0.0) - logits * labels + jnp.log1p(jnp.exp(-jnp.abs(logits)))
    return jnp.mean(losses)
