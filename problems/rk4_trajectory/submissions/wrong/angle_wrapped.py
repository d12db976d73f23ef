# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "A pendulum that goes over the top has turned by more than half a circle: the angle is to go on, not to jump back."
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
        k2 = velocity(y + h / 2 * k1, start + h / 2, damping, drive)
        k3 = velocity(y + h / 2 * k2, start + h / 2, damping, drive)
        k4 = velocity(y + h * k3, end, damping, drive)
        y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        y = y.at[0].set((y[0] + jnp.pi) % (2 * jnp.pi) - jnp.pi)
        return y, y

    rest = lax.scan(step, state, (times[:-1], times[1:]))[1]
    return jnp.concatenate([state[None], rest])
