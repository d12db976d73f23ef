# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "Without argnums, grad differentiates with respect to the first argument only. Ask for both: jax.grad(loss, argnums=(0, 1))."
# ///
import jax
import jax.numpy as jnp


def loss(users, items, ratings):
    return jnp.sum((users @ items.T - ratings) ** 2)


def both_gradients(users, items, ratings):
    return jax.grad(loss)(users, items, ratings)
