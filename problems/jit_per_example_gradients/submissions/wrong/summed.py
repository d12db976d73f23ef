# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The gradients were added up, and the single ones are lost: two numbers instead of two per example. Return what vmap gives."
# ///
import jax


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


@jax.jit
def jit_per_example_gradients(params, batch_x, batch_y):
    dw, db = jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(params, batch_x, batch_y)
    return dw.sum(), db.sum()
