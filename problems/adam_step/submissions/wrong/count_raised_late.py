# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The correction uses the count before this step. In the first step that is 0, and 1 - 0.9**0 = 0 divides 0. Raise the count first."
# ///
import jax
import jax.numpy as jnp


def adam_step(params, gradient, state, rate):
    count = state["count"]
    mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, state["mean"], gradient)
    square = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g**2, state["square"], gradient)

    def step(p, m, s):
        return p - rate * m / (1 - 0.9**count) / (jnp.sqrt(s / (1 - 0.999**count)) + 1e-8)

    params = jax.tree.map(step, params, mean, square)
    return params, {"count": count + 1, "mean": mean, "square": square}
