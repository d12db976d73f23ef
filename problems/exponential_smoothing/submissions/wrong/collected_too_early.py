# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "What is collected is the carry before it was updated, so every row comes one time late. Collect the new one."
# ///
from jax import lax


def exponential_smoothing(x, alpha):
    def step(smoothed, row):
        return alpha * row + (1.0 - alpha) * smoothed, smoothed

    return lax.scan(step, x[0], x)[1]
