import jax
import jax.numpy as jnp


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


@jax.jit
def jit_per_example_gradients(params, batch_x, batch_y):
    halves = jax.tree.map(lambda leaf: leaf.astype(jnp.float16), (params, batch_x, batch_y))
    return jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(*halves)
