# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "The new state is a tuple, and the next step would look for names in it. It goes out as it came in: a dict with count, mean and square."
# ///
import jax
import jax.numpy as jnp


def adam_step(params, gradient, state, rate):
    count = state["count"] + 1
    mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, state["mean"], gradient)
    square = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g**2, state["square"], gradient)

    def step(p, m, s):
        return p - rate * m / (1 - 0.9**count) / (jnp.sqrt(s / (1 - 0.999**count)) + 1e-8)

    return jax.tree.map(step, params, mean, square), (count, mean, square)
