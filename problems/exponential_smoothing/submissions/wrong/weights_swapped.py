# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The weights have changed places: alpha belongs to the new value and 1 - alpha to the smoothed one."
# ///
from jax import lax


def exponential_smoothing(x, alpha):
    def step(smoothed, row):
        smoothed = (1.0 - alpha) * row + alpha * smoothed
        return smoothed, smoothed

    return lax.scan(step, x[0], x)[1]
