# /// allclose
# verdict = "runtime_error"
# message = "The step returns the smoothed row once. It is needed twice, for the next turn and for the collection: return smoothed, smoothed."
# ///
from jax import lax


def exponential_smoothing(x, alpha):
    def step(smoothed, row):
        return alpha * row + (1.0 - alpha) * smoothed

    return lax.scan(step, x[0], x)[1]
