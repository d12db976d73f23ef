# /// allclose
# verdict = "runtime_error"
# message = "grad meets a function that returns one error per example, and it differentiates single numbers only. Move the mean inside the loss."
# ///
import jax
import jax.numpy as jnp


def squared_errors(params, batch_x, batch_y):
    w, b = params
    return (w * batch_x + b - batch_y) ** 2


def mean_batch_gradient(params, batch_x, batch_y):
    dw, db = jax.grad(squared_errors)(params, batch_x, batch_y)
    return jnp.mean(dw), jnp.mean(db)
