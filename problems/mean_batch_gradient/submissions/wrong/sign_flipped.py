# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is the direction of the training step, the negative gradient. Return the gradient itself; the optimiser subtracts it."
# ///
import jax
import jax.numpy as jnp


def mean_squared_error(params, batch_x, batch_y):
    w, b = params
    return jnp.mean((w * batch_x + b - batch_y) ** 2)


def mean_batch_gradient(params, batch_x, batch_y):
    dw, db = jax.grad(mean_squared_error)(params, batch_x, batch_y)
    return -dw, -db
