# /// allclose
# verdict = "runtime_error"
# message = "grad differentiates functions that return one number, and this one returns a matrix of squared errors. Put jnp.sum around it, inside the function."
# ///
import jax


def loss(users, items, ratings):
    return (users @ items.T - ratings) ** 2


def both_gradients(users, items, ratings):
    return jax.grad(loss, argnums=(0, 1))(users, items, ratings)
