import jax
import jax.numpy as jnp


def loss(z, y):
    # What a wrong yes costs, and what a wrong no costs, each weighted by how true its opposite is.
    return (1.0 - y) * jnp.logaddexp(0.0, z) + y * jnp.logaddexp(0.0, -z)


def binary_cross_entropy_with_logits(logits, labels):
    return jax.vmap(loss)(logits, labels).mean()
