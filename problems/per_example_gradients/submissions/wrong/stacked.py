# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "The two gradients were stacked into one array. Return them as they come out of vmap(grad(...)): the tuple (dw, db)."
# ///
import jax
import jax.numpy as jnp


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


def per_example_gradients(params, batch_x, batch_y):
    dw, db = jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(params, batch_x, batch_y)
    return jnp.stack([dw, db])
