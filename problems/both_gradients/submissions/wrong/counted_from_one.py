# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "argnums counts from 0, so (1, 2) are items and ratings. Users and items are (0, 1)."
# ///
import jax
import jax.numpy as jnp


def loss(users, items, ratings):
    return jnp.sum((users @ items.T - ratings) ** 2)


def both_gradients(users, items, ratings):
    return jax.grad(loss, argnums=(1, 2))(users, items, ratings)
