# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Each trial state is made from the one before it. All of them start from the state at the beginning of the interval: y + h / 2 * k1, y + h / 2 * k2, y + h * k3."
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
        trial = y + 0.5 * h * k1
        k2 = velocity(trial, start + 0.5 * h, damping, drive)
        trial = trial + 0.5 * h * k2
        k3 = velocity(trial, start + 0.5 * h, damping, drive)
        trial = trial + h * k3
        k4 = velocity(trial, end, damping, drive)
        y = y + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
        return y, y

    _, rest = lax.scan(step, state, (times[:-1], times[1:]))
    return jnp.concatenate([state[None], rest])
