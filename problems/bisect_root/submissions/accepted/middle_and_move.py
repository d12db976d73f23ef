import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def going_on(state):
        return state[0] < steps

    def step(state):
        turn, middle, move = state
        up = middle - eccentricity * jnp.sin(middle) < mean
        return turn + 1, middle + jnp.where(up, move, -move), move / 2

    return jax.lax.while_loop(going_on, step, (0, mean, eccentricity / 2))[1]
