# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The scan walks along the columns, so one series is smoothed into the next. The time is axis 0, which scan walks along by itself."
# ///
from jax import lax


def exponential_smoothing(x, alpha):
    def step(smoothed, column):
        smoothed = alpha * column + (1.0 - alpha) * smoothed
        return smoothed, smoothed

    return lax.scan(step, x[:, 0], x.T)[1].T
