import jax.numpy as jnp


def mean_batch_gradient(params, batch_x, batch_y):
    w, b = params
    error = w * batch_x + b - batch_y
    return 2.0 * jnp.mean(error * batch_x), 2.0 * jnp.mean(error)
