# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "This is the last carry, the smoothed row of the end. The second part of what scan returns has a row for each time."
# ///
from jax import lax


def exponential_smoothing(x, alpha):
    def step(smoothed, row):
        smoothed = alpha * row + (1.0 - alpha) * smoothed
        return smoothed, smoothed

    return lax.scan(step, x[0], x)[0]
