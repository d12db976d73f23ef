# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The filter begins with zeros and pulls the first values towards them. Begin with the first row: lax.scan(step, x[0], x)."
# ///
import jax.numpy as jnp
from jax import lax


def exponential_smoothing(x, alpha):
    def step(smoothed, row):
        smoothed = alpha * row + (1.0 - alpha) * smoothed
        return smoothed, smoothed

    return lax.scan(step, jnp.zeros_like(x[0]), x)[1]
