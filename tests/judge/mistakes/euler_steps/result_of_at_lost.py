import jax.numpy as jnp


def euler_steps(y0, rates, times):
    ys = jnp.zeros((times.size, y0.size))
    ys.at[0].set(y0)
    for i in range(1, times.size):
        ys.at[i].set(ys[i - 1] + (times[i] - times[i - 1]) * (rates @ ys[i - 1]))
    return ys
