# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The mean of the products minus the product of the means is a small difference of large numbers where the means are large. Centre first, then multiply."
# ///
import jax.numpy as jnp


def whiten(x):
    mean = x.mean(axis=0)
    covariance = x.T @ x / x.shape[0] - jnp.outer(mean, mean)
    variances, axes = jnp.linalg.eigh(covariance)
    return (x - mean) @ axes / jnp.sqrt(jnp.maximum(variances, 1e-30))
