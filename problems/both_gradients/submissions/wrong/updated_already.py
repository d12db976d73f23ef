# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "These are the factors after a step of gradient descent. Asked for are the gradients themselves."
# ///
import jax
import jax.numpy as jnp


def loss(users, items, ratings):
    return jnp.sum((users @ items.T - ratings) ** 2)


def both_gradients(users, items, ratings):
    d_users, d_items = jax.grad(loss, argnums=(0, 1))(users, items, ratings)
    return users - 0.01 * d_users, items - 0.01 * d_items
