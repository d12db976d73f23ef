import jax.numpy as jnp
from jax import lax


def velocity(state, time, damping, drive):
    return jnp.array([state[1], drive * jnp.cos(time) - jnp.sin(state[0]) - damping * state[1]])


def rk4_trajectory(state, times, damping, drive):
    # Collects the state before each step; the last step, of length 0, leads nowhere.
    steps = jnp.diff(times, append=times[-1:])

    def step(y, turn):
        t, h = turn
        k1 = velocity(y, t, damping, drive)
        k2 = velocity(y + h / 2 * k1, t + h / 2, damping, drive)
        k3 = velocity(y + h / 2 * k2, t + h / 2, damping, drive)
        k4 = velocity(y + h * k3, t + h, damping, drive)
        return y + h * (k1 / 6 + k2 / 3 + k3 / 3 + k4 / 6), y

    return lax.scan(step, state, (times, steps))[1]
