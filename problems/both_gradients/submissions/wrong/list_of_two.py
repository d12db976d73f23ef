# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "The two gradients are in a list. Asked for is a tuple, as grad with argnums=(0, 1) returns it."
# ///
import jax
import jax.numpy as jnp


def loss(users, items, ratings):
    return jnp.sum((users @ items.T - ratings) ** 2)


def both_gradients(users, items, ratings):
    return [jax.grad(loss, argnums=k)(users, items, ratings) for k in (0, 1)]
