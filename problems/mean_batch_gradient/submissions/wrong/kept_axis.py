# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "keepdims=True leaves an axis of length 1, so each derivative has shape (1,). A scalar has shape ()."
# ///
import jax
import jax.numpy as jnp


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


def mean_batch_gradient(params, batch_x, batch_y):
    dw, db = jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(params, batch_x, batch_y)
    return dw.mean(keepdims=True), db.mean(keepdims=True)
