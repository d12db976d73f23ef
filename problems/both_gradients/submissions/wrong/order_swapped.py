# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The gradients come in the order of argnums, and (1, 0) puts the items first. The users come first: argnums=(0, 1)."
# ///
import jax
import jax.numpy as jnp


def loss(users, items, ratings):
    return jnp.sum((users @ items.T - ratings) ** 2)


def both_gradients(users, items, ratings):
    return jax.grad(loss, argnums=(1, 0))(users, items, ratings)
