import jax.numpy as jnp
from jax import lax


def rk4_trajectory(state, times, damping, drive):
    matrix = jnp.array([[0.0, 1.0], [0.0, 0.0]])

    def slope(y, time):
        push = drive * jnp.cos(time) - jnp.sin(y[0]) - damping * y[1]
        return jnp.matmul(matrix, y, precision="highest").at[1].set(push)

    def turn(n, trajectory):
        y, time, h = trajectory[n], times[n], times[n + 1] - times[n]
        # Each slope, and by how much of it the next trial state is moved.
        total, k = jnp.zeros(2), jnp.zeros(2)
        for reach, weight in ((0.0, 1.0), (0.5, 2.0), (0.5, 2.0), (1.0, 1.0)):
            k = h * slope(y + reach * k, time + reach * h)
            total = total + weight * k
        return trajectory.at[n + 1].set(y + total / 6)

    start = jnp.zeros((times.shape[0], 2)).at[0].set(state)
    return lax.fori_loop(0, times.shape[0] - 1, turn, start)
