# wrong_answer value
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp


class State(NamedTuple):
    count: Any
    mean: Any
    square: Any


def adam(rate):
    def init(params):
        zeros = jax.tree.map(jnp.zeros_like, params)
        return State(jnp.zeros((), jnp.int32), zeros, zeros)

    def update(gradient, state):
        count = state.count + 1
        mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, state.mean, gradient)
        square = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g**2, state.square, gradient)

        def change(m, s):
            return rate * (m / (1 - 0.9**count)) / (jnp.sqrt(s / (1 - 0.999**count)) + 1e-8)

        return jax.tree.map(change, mean, square), State(count, mean, square)

    return init, update
