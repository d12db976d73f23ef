# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Dividing by the standard deviations makes the variances 1 and leaves the correlations between columns as they were. Use the whole covariance matrix, not its diagonal."
# ///
import jax.numpy as jnp


def whiten(x):
    return (x - x.mean(axis=0)) / jnp.std(x, axis=0)
