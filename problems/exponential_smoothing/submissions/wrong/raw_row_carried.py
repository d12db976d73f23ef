# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The carry is the raw row, so each result mixes two rows and has forgotten all others. Carry the smoothed row on."
# ///
from jax import lax


def exponential_smoothing(x, alpha):
    def step(before, row):
        return row, alpha * row + (1.0 - alpha) * before

    return lax.scan(step, x[0], x)[1]
