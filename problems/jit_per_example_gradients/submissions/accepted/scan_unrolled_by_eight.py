import jax
from jax import lax


def squared_error(params, x, y_true):
    w, b = params
    return (w * x + b - y_true) ** 2


@jax.jit
def jit_per_example_gradients(params, batch_x, batch_y):
    def body(carry, pair):
        return carry, jax.grad(squared_error)(params, *pair)

    # Eight examples per turn: the program is eight times as long, and as long for any batch.
    _, gradients = lax.scan(body, None, (batch_x, batch_y), unroll=8)
    return gradients
