# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "vmap(grad(...)) returns one gradient per example, shape (N,). The gradient of the batch is their mean."
# ///
import jax


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


def mean_batch_gradient(params, batch_x, batch_y):
    return jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(params, batch_x, batch_y)
