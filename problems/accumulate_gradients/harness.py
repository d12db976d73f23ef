import jax.numpy as jnp


def line(solution, params, x, y, size):
    def loss(params, x, y):
        slope, offset = params
        return jnp.mean((slope * x + offset - y) ** 2)

    return solution.accumulate_gradients(loss, params, x, y, size)


def network(solution, params, x, y, size):
    def loss(params, x, y):
        hidden = jnp.tanh(x @ params["hidden"])
        return jnp.mean((hidden @ params["out"] - y) ** 2)

    return solution.accumulate_gradients(loss, params, x, y, size)
