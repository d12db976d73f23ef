# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The mean has divided by N already, and here it is divided by N again. Return what grad gives."
# ///
import jax
import jax.numpy as jnp


def mean_squared_error(params, batch_x, batch_y):
    w, b = params
    return jnp.mean((w * batch_x + b - batch_y) ** 2)


def mean_batch_gradient(params, batch_x, batch_y):
    dw, db = jax.grad(mean_squared_error)(params, batch_x, batch_y)
    return dw / batch_x.shape[0], db / batch_x.shape[0]
