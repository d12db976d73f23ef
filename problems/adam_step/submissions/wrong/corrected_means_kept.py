# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The state keeps the corrected means, and the next step would correct them again. Use the corrected ones for the step only, and return the plain ones."
# ///
import jax
import jax.numpy as jnp


def adam_step(params, gradient, state, rate):
    count = state["count"] + 1
    mean = jax.tree.map(lambda m, g: (0.9 * m + 0.1 * g) / (1 - 0.9**count), state["mean"], gradient)
    square = jax.tree.map(lambda s, g: (0.999 * s + 0.001 * g**2) / (1 - 0.999**count), state["square"], gradient)
    params = jax.tree.map(lambda p, m, s: p - rate * m / (jnp.sqrt(s) + 1e-8), params, mean, square)
    return params, {"count": count, "mean": mean, "square": square}
