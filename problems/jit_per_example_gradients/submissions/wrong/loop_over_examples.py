# /// allclose
# verdict = "time_limit"
# message = "The for loop runs while the program is traced and writes the gradient down once per example, a hundred thousand times. Replace it by vmap, which writes it down once."
# ///
import jax
import jax.numpy as jnp


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


@jax.jit
def jit_per_example_gradients(params, batch_x, batch_y):
    gradients = [jax.grad(squared_error)(params, batch_x[i], batch_y[i]) for i in range(batch_x.shape[0])]
    return jnp.stack([dw for dw, _ in gradients]), jnp.stack([db for _, db in gradients])
