# /// allclose
# verdict = "runtime_error"
# message = "Here the loss is mapped first and differentiated then, so grad meets one loss per example. Differentiate inside: vmap(grad(...))."
# ///
import jax


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


def jit_per_example_gradients(params, batch_x, batch_y):
    return jax.jit(jax.grad(jax.vmap(squared_error, in_axes=(None, 0, 0))))(params, batch_x, batch_y)
