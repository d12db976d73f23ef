# /// allclose
# verdict = "not_traceable"
# message = "Stopping early when the loss is already small would need its value, and a compiled program is written before there is one. Compute the gradients in every case."
# ///
import jax
import jax.numpy as jnp


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


@jax.jit
def jit_per_example_gradients(params, batch_x, batch_y):
    losses = jax.vmap(squared_error, in_axes=(None, 0, 0))(params, batch_x, batch_y)
    if losses.max() < 1e-6:
        return jnp.zeros_like(batch_x), jnp.zeros_like(batch_x)
    return jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(params, batch_x, batch_y)
