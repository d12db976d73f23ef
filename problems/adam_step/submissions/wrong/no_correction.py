# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The means start at zero and are too small at first, and nothing corrects that. Divide them by 1 - 0.9**count and 1 - 0.999**count for the step."
# ///
import jax
import jax.numpy as jnp


def adam_step(params, gradient, state, rate):
    count = state["count"] + 1
    mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, state["mean"], gradient)
    square = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g**2, state["square"], gradient)
    params = jax.tree.map(lambda p, m, s: p - rate * m / (jnp.sqrt(s) + 1e-8), params, mean, square)
    return params, {"count": count, "mean": mean, "square": square}
