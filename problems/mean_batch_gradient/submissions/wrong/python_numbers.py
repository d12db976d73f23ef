# /// allclose
# verdict = "not_traceable"
# message = ".item() wants a Python number, and while the function is traced there are none. The scalars that grad returns are arrays of shape () already."
# ///
import jax
import jax.numpy as jnp


def mean_squared_error(params, batch_x, batch_y):
    w, b = params
    return jnp.mean((w * batch_x + b - batch_y) ** 2)


def mean_batch_gradient(params, batch_x, batch_y):
    dw, db = jax.grad(mean_squared_error)(params, batch_x, batch_y)
    return dw.item(), db.item()
