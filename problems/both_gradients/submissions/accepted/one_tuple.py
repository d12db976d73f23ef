import jax
import jax.numpy as jnp


def both_gradients(users, items, ratings):
    # Both factors in one argument: its gradient is a tuple as well.
    def loss(factors):
        u, v = factors
        return jnp.sum((jnp.einsum("ud,id->ui", u, v) - ratings) ** 2)

    return jax.grad(loss)((users, items))
