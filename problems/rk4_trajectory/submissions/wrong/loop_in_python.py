# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The for loop writes every step into the program, four slopes each. jax.lax.scan writes one step and repeats it."
# ///
import jax.numpy as jnp


def velocity(state, time, damping, drive):
    angle, speed = state
    return jnp.stack([speed, drive * jnp.cos(time) - jnp.sin(angle) - damping * speed])


def rk4_trajectory(state, times, damping, drive):
    trajectory = [state]
    for n in range(times.shape[0] - 1):
        y, start, h = trajectory[-1], times[n], times[n + 1] - times[n]
        k1 = velocity(y, start, damping, drive)
        k2 = velocity(y + 0.5 * h * k1, start + 0.5 * h, damping, drive)
        k3 = velocity(y + 0.5 * h * k2, start + 0.5 * h, damping, drive)
        k4 = velocity(y + h * k3, start + h, damping, drive)
        trajectory.append(y + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4))
    return jnp.stack(trajectory)
