import jax.numpy as jnp
from jax import lax


def rk4_trajectory(state, times, damping, drive):
    def slope(angle, speed, time):
        return speed, drive * jnp.cos(time) - jnp.sin(angle) - damping * speed

    def step(before, interval):
        angle, speed, time = before
        h = interval
        a1, s1 = slope(angle, speed, time)
        a2, s2 = slope(angle + h * a1 / 2, speed + h * s1 / 2, time + h / 2)
        a3, s3 = slope(angle + h * a2 / 2, speed + h * s2 / 2, time + h / 2)
        a4, s4 = slope(angle + h * a3, speed + h * s3, time + h)
        angle = angle + h * (a1 + 2 * (a2 + a3) + a4) / 6
        speed = speed + h * (s1 + 2 * (s2 + s3) + s4) / 6
        return (angle, speed, time + h), (angle, speed)

    # The time is carried along, and the scan walks along the lengths of the steps.
    _, (angles, speeds) = lax.scan(step, (state[0], state[1], times[0]), jnp.diff(times))
    return jnp.stack([jnp.append(state[0], angles), jnp.append(state[1], speeds)], axis=1)
