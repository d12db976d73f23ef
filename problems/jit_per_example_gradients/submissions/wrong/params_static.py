# /// allclose
# verdict = "not_traceable"
# message = "static_argnums makes the parameters part of the compiled program, and an array cannot be part of it. Leave it out: params is an ordinary argument."
# ///
import jax


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


def jit_per_example_gradients(params, batch_x, batch_y):
    gradients = jax.jit(jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0)), static_argnums=0)
    return gradients(params, batch_x, batch_y)
