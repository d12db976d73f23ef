# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Both corrections were put into the step size, and eps stayed as it was. It is now added to a root that is not corrected yet, where it weighs more. Multiply it by sqrt(1 - 0.999**count) too, or correct the means themselves."
# ///
import jax
import jax.numpy as jnp


def adam_step(params, gradient, state, rate):
    count = state["count"] + 1
    mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, state["mean"], gradient)
    square = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g**2, state["square"], gradient)
    corrected = rate * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
    params = jax.tree.map(lambda p, m, s: p - corrected * m / (jnp.sqrt(s) + 1e-8), params, mean, square)
    return params, {"count": count, "mean": mean, "square": square}
