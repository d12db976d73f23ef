# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is the gradient of the mean, smaller than that of the sum by the number of ratings. The loss adds the squared errors up: jnp.sum."
# ///
import jax
import jax.numpy as jnp


def loss(users, items, ratings):
    return jnp.mean((users @ items.T - ratings) ** 2)


def both_gradients(users, items, ratings):
    return jax.grad(loss, argnums=(0, 1))(users, items, ratings)
