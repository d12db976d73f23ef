# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "This is one pair (dw, db) per example; asked for is one pair of arrays. vmap keeps the pair outside and puts the batch inside by itself."
# ///
import jax


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


def per_example_gradients(params, batch_x, batch_y):
    dw, db = jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(params, batch_x, batch_y)
    return [(dw[i], db[i]) for i in range(batch_x.shape[0])]
