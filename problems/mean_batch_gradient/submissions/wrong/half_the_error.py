# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "With a factor 1/2 in the loss its gradient is half as large. The mean squared error asked for here has no such factor."
# ///
import jax
import jax.numpy as jnp


def mean_squared_error(params, batch_x, batch_y):
    w, b = params
    return 0.5 * jnp.mean((w * batch_x + b - batch_y) ** 2)


def mean_batch_gradient(params, batch_x, batch_y):
    return jax.grad(mean_squared_error)(params, batch_x, batch_y)
