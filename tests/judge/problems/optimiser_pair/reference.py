import jax
import jax.numpy as jnp


def momentum(rate, decay):
    def init(params):
        return jax.tree.map(jnp.zeros_like, params)

    def update(gradient, state):
        state = jax.tree.map(lambda s, g: decay * s + g, state, gradient)
        return jax.tree.map(lambda s: -rate * s, state), state

    return init, update
