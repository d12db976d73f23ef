# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "dw and db have changed places. The gradient has the order of params, and w comes first."
# ///
import jax


def squared_error(params, x, y_true):
    b, w = params
    return (w * x + b - y_true) ** 2


def per_example_gradients(params, batch_x, batch_y):
    w, b = params
    return jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))((b, w), batch_x, batch_y)
