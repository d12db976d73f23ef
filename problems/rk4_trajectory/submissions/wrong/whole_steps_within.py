# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The slopes in the middle are taken a whole step ahead. They belong to half of it: y + h / 2 * k1 and y + h / 2 * k2, at the time start + h / 2."
# ///
import jax.numpy as jnp
from jax import lax


def velocity(state, time, damping, drive):
    angle, speed = state
    return jnp.stack([speed, drive * jnp.cos(time) - jnp.sin(angle) - damping * speed])


def rk4_trajectory(state, times, damping, drive):
    def step(y, interval):
        start, end = interval
        h = end - start
        k1 = velocity(y, start, damping, drive)
        k2 = velocity(y + h * k1, end, damping, drive)
        k3 = velocity(y + h * k2, end, damping, drive)
        k4 = velocity(y + h * k3, end, damping, drive)
        y = y + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
        return y, y

    _, rest = lax.scan(step, state, (times[:-1], times[1:]))
    return jnp.concatenate([state[None], rest])
