# /// allclose
# verdict = "runtime_error"
# message = "The loop takes the parameters for a dict, but they may be a list, a tuple or one array. jax.tree.map(step, params, mean, square) walks through any tree."
# ///
import jax.numpy as jnp


def adam_step(params, gradient, state, rate):
    count = state["count"] + 1
    new, mean, square = {}, {}, {}
    for name in params.keys():
        mean[name] = 0.9 * state["mean"][name] + 0.1 * gradient[name]
        square[name] = 0.999 * state["square"][name] + 0.001 * gradient[name] ** 2
        root = jnp.sqrt(square[name] / (1 - 0.999**count)) + 1e-8
        new[name] = params[name] - rate * mean[name] / (1 - 0.9**count) / root
    return new, {"count": count, "mean": mean, "square": square}
