# /// allclose
# verdict = "runtime_error"
# message = "Given a whole batch, the loss is an array, and grad differentiates single numbers only. Put vmap around the gradient."
# ///
import jax


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


def per_example_gradients(params, batch_x, batch_y):
    return jax.grad(squared_error)(params, batch_x, batch_y)
