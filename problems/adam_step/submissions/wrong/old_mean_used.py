# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The step uses the means that came in, before this gradient was added. In the first step they are zero, and nothing moves. Update the means first, then step."
# ///
import jax
import jax.numpy as jnp


def adam_step(params, gradient, state, rate):
    count = state["count"] + 1

    def step(p, m, s):
        return p - rate * m / (1 - 0.9**count) / (jnp.sqrt(s / (1 - 0.999**count)) + 1e-8)

    params = jax.tree.map(step, params, state["mean"], state["square"])
    mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, state["mean"], gradient)
    square = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g**2, state["square"], gradient)
    return params, {"count": count, "mean": mean, "square": square}
