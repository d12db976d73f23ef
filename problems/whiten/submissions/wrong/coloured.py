# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Multiplying by the Cholesky factor applies the covariance a second time. Whitening undoes it: solve with the factor."
# ///
import jax.numpy as jnp


def whiten(x):
    centred = x - x.mean(axis=0)
    lower = jnp.linalg.cholesky(centred.T @ centred / x.shape[0])
    return centred @ lower.T
