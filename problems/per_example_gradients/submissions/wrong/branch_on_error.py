# /// allclose
# verdict = "not_traceable"
# message = "grad traces the loss with numbers that have no value yet, so a Python if on the error cannot be decided. The square needs no sign; where you do need a choice, write jnp.where."
# ///
import jax


def squared_error(params, x, y_true):
    w, b = params
    error = w * x + b - y_true
    if error < 0:
        error = -error
    return error**2


def per_example_gradients(params, batch_x, batch_y):
    return jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(params, batch_x, batch_y)
