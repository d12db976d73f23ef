import jax.numpy as jnp


def adam_update(w, gradient, m, v, count):
    first, second = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient * gradient
    step = 0.01 / (1 - 0.9**count)
    return w - step * first / (jnp.sqrt(second / (1 - 0.999**count)) + 1e-8), first, second
