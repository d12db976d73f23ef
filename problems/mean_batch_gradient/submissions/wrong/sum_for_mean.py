# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is the gradient of the summed loss, too large by the factor N. Take the mean over the batch, so that a step does not grow with the batch."
# ///
import jax
import jax.numpy as jnp


def total_squared_error(params, batch_x, batch_y):
    w, b = params
    return jnp.sum((w * batch_x + b - batch_y) ** 2)


def mean_batch_gradient(params, batch_x, batch_y):
    return jax.grad(total_squared_error)(params, batch_x, batch_y)
