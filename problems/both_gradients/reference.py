import jax
import jax.numpy as jnp


def loss(users, items, ratings):
    return jnp.sum((users @ items.T - ratings) ** 2)


def both_gradients(users, items, ratings):
    return jax.grad(loss, argnums=(0, 1))(users, items, ratings)
