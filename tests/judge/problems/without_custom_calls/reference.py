import jax.numpy as jnp


def without_custom_calls(x):
    a, b, c, d = x[0, 0] + 2, x[0, 1], x[1, 0], x[1, 1] + 2
    return jnp.array([[d, -b], [-c, a]]) / (a * d - b * c)
