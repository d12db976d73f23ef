# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The eigenvalues of the covariance are variances. Divide by their square roots, as with a standard deviation."
# ///
import jax.numpy as jnp


def whiten(x):
    centred = x - x.mean(axis=0)
    variances, axes = jnp.linalg.eigh(centred.T @ centred / x.shape[0])
    return centred @ axes / variances
