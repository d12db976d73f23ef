# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is the midpoint method, a Runge-Kutta method of order 2. The one asked for has four slopes, weighted 1, 2, 2, 1."
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
        y = y + h * velocity(y + 0.5 * h * k1, start + 0.5 * h, damping, drive)
        return y, y

    _, rest = lax.scan(step, state, (times[:-1], times[1:]))
    return jnp.concatenate([state[None], rest])
