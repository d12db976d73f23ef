import jax.numpy as jnp
from jax import lax


def velocity(state, time, damping, drive):
    angle, speed = state
    return jnp.stack([speed, drive * jnp.cos(time) - jnp.sin(angle) - damping * speed])


def rk4_trajectory(state, times, damping, drive):
    def step(y, interval):
        start, end = interval
        # Four slopes, and the state at the end of the interval.
        return y, y

    _, rest = lax.scan(step, state, (times[:-1], times[1:]))
    return jnp.concatenate([state[None], rest])
