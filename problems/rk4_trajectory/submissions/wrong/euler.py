# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is Euler's method, which looks at the slope once in each step. The classical Runge-Kutta method needs four slopes."
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
        y = y + h * velocity(y, start, damping, drive)
        return y, y

    _, rest = lax.scan(step, state, (times[:-1], times[1:]))
    return jnp.concatenate([state[None], rest])
