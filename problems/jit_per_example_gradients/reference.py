import jax


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


jit_per_example_gradients = jax.jit(jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0)))
