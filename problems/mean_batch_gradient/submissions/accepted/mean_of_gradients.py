import jax
import jax.numpy as jnp


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


def mean_batch_gradient(params, batch_x, batch_y):
    gradients = jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(params, batch_x, batch_y)
    return jax.tree.map(jnp.mean, gradients)
