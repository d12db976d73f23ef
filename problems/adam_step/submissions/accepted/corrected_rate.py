import jax
import jax.numpy as jnp


def adam_step(params, gradient, state, rate):
    # Both corrections as one factor of the step size; eps has to follow the root that it is added to.
    count = state["count"] + 1
    root = jnp.sqrt(1 - 0.999**count)
    corrected = rate * root / (1 - 0.9**count)
    mean = jax.tree.map(lambda m, g: m + 0.1 * (g - m), state["mean"], gradient)
    square = jax.tree.map(lambda s, g: s + 0.001 * (g * g - s), state["square"], gradient)
    params = jax.tree.map(lambda p, m, s: p - corrected * m / (jnp.sqrt(s) + 1e-8 * root), params, mean, square)
    return params, {"count": count, "mean": mean, "square": square}
