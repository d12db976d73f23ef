# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "Walking along x[1:] collects one row less than there are times. The first row of the result is x[0]: put it in front, or walk along all of x."
# ///
from jax import lax


def exponential_smoothing(x, alpha):
    def step(smoothed, row):
        smoothed = alpha * row + (1.0 - alpha) * smoothed
        return smoothed, smoothed

    return lax.scan(step, x[0], x[1:])[1]
