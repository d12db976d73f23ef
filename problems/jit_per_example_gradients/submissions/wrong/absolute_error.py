# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This differentiates the absolute error, whose gradient only knows the sign of the error. The loss is its square."
# ///
import jax
import jax.numpy as jnp


def absolute_error(params, x, y_true):
    w, b = params
    return jnp.abs(w * x + b - y_true)


jit_per_example_gradients = jax.jit(jax.vmap(jax.grad(absolute_error), in_axes=(None, 0, 0)))
