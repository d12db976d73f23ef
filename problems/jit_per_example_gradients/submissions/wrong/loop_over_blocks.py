# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "Blocks of eight make the loop shorter, but the program still grows with the batch. One vmap takes the whole batch; for bounded memory use jax.lax.map with batch_size."
# ///
import jax
import jax.numpy as jnp


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


@jax.jit
def jit_per_example_gradients(params, batch_x, batch_y):
    gradients = jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))
    blocks = [gradients(params, batch_x[i : i + 8], batch_y[i : i + 8]) for i in range(0, batch_x.shape[0], 8)]
    return jnp.concatenate([dw for dw, _ in blocks]), jnp.concatenate([db for _, db in blocks])
