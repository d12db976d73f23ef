# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "All four slopes are taken at the beginning of the interval. The drive goes on within a step: k2 and k3 belong to its middle, k4 to its end."
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
        k2 = velocity(y + 0.5 * h * k1, start, damping, drive)
        k3 = velocity(y + 0.5 * h * k2, start, damping, drive)
        k4 = velocity(y + h * k3, start, damping, drive)
        y = y + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
        return y, y

    _, rest = lax.scan(step, state, (times[:-1], times[1:]))
    return jnp.concatenate([state[None], rest])
