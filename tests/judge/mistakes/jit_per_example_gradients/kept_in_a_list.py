import jax


losses = []


def squared_error(params, x, y_true):
    w, b = params
    losses.append((w * x + b - y_true) ** 2)
    return losses[-1]


@jax.jit
def jit_per_example_gradients(params, batch_x, batch_y):
    gradients = jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(params, batch_x, batch_y)
    return gradients[0] + 0 * losses[-1], gradients[1]
