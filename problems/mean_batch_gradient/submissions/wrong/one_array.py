# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "Both derivatives were packed into one array of shape (2,). A gradient keeps the structure of the parameters, the tuple (dw, db)."
# ///
import jax
import jax.numpy as jnp


def mean_squared_error(params, batch_x, batch_y):
    w, b = params
    return jnp.mean((w * batch_x + b - batch_y) ** 2)


def mean_batch_gradient(params, batch_x, batch_y):
    return jnp.array(jax.grad(mean_squared_error)(params, batch_x, batch_y))
