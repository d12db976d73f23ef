# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "[dw, db] is a list, and the gradient of a tuple is a tuple: (dw, db). JAX tells the two apart wherever structures must match."
# ///
import jax


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


def per_example_gradients(params, batch_x, batch_y):
    dw, db = jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(params, batch_x, batch_y)
    return [dw, db]
