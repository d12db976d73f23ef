import jax
import jax.numpy as jnp


def loss(users, items, ratings):
    return jnp.sum((users @ items.T - ratings) ** 2)


def both_gradients(users, items, ratings):
    return jnp.zeros_like(users), jnp.zeros_like(items)
