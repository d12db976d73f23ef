# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The square of a norm goes through its root, whose derivative at 0 is infinite: a perfect fit gives NaN. Add up the squares themselves."
# ///
import jax
import jax.numpy as jnp


def mean_squared_error(params, batch_x, batch_y):
    w, b = params
    return jnp.linalg.norm(w * batch_x + b - batch_y) ** 2 / batch_x.size


def mean_batch_gradient(params, batch_x, batch_y):
    return jax.grad(mean_squared_error)(params, batch_x, batch_y)
