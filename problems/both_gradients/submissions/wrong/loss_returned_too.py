# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "value_and_grad returns the loss as well, as a pair (loss, gradients). Only the gradients are asked for: jax.grad with the same argnums."
# ///
import jax
import jax.numpy as jnp


def loss(users, items, ratings):
    return jnp.sum((users @ items.T - ratings) ** 2)


def both_gradients(users, items, ratings):
    return jax.value_and_grad(loss, argnums=(0, 1))(users, items, ratings)
