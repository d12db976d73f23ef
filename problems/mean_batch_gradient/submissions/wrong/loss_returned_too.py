# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "value_and_grad returns the loss and the gradient, and here both are passed on. Return the gradient (dw, db) only."
# ///
import jax
import jax.numpy as jnp


def mean_squared_error(params, batch_x, batch_y):
    w, b = params
    return jnp.mean((w * batch_x + b - batch_y) ** 2)


def mean_batch_gradient(params, batch_x, batch_y):
    return jax.value_and_grad(mean_squared_error)(params, batch_x, batch_y)
