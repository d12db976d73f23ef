import jax
import jax.numpy as jnp


def both_gradients(users, items, ratings):
    def loss(u, v):
        # One user after the other.
        return jax.vmap(lambda vector, given: jnp.sum((v @ vector - given) ** 2))(u, ratings).sum()

    return jax.grad(loss)(users, items), jax.grad(loss, argnums=1)(users, items)
