# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The four slopes are averaged with equal weights. Those in the middle count twice: k1 + 2 k2 + 2 k3 + k4, divided by 6."
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
        k2 = velocity(y + 0.5 * h * k1, start + 0.5 * h, damping, drive)
        k3 = velocity(y + 0.5 * h * k2, start + 0.5 * h, damping, drive)
        k4 = velocity(y + h * k3, end, damping, drive)
        y = y + h / 4.0 * (k1 + k2 + k3 + k4)
        return y, y

    _, rest = lax.scan(step, state, (times[:-1], times[1:]))
    return jnp.concatenate([state[None], rest])
