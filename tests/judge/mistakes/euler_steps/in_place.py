import jax.numpy as jnp


def euler_steps(y0, rates, times):
    ys = jnp.zeros((times.size, y0.size))
    ys[0] = y0
    for i in range(1, times.size):
        ys[i] = ys[i - 1] + (times[i] - times[i - 1]) * (rates @ ys[i - 1])
    return ys
