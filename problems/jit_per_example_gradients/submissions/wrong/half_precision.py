# /// allclose
# verdict = "wrong_answer"
# reason = "dtype"
# message = "bfloat16 halves the memory, and the gradients keep two digits of it. Asked for is float32, as the inputs are."
# ///
import jax
import jax.numpy as jnp


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


@jax.jit
def jit_per_example_gradients(params, batch_x, batch_y):
    params = jax.tree.map(lambda value: value.astype(jnp.bfloat16), params)
    batch_x, batch_y = batch_x.astype(jnp.bfloat16), batch_y.astype(jnp.bfloat16)
    return jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(params, batch_x, batch_y)
