import jax
from jax import lax


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


def per_example_gradients(params, batch_x, batch_y):
    return lax.map(lambda pair: jax.grad(squared_error)(params, *pair), (batch_x, batch_y))
