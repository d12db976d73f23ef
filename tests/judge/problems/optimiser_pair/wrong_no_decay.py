# wrong_answer value
import jax
import jax.numpy as jnp


def momentum(rate, decay):
    def init(params):
        return jax.tree.map(jnp.zeros_like, params)

    def update(gradient, state):
        return jax.tree.map(lambda g: -rate * g, gradient), gradient

    return init, update
