# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The covariance was divided by N - 1, as a sample covariance is. Here it is N."
# ///
import jax.numpy as jnp
from jax.scipy.linalg import solve_triangular


def whiten(x):
    centred = x - x.mean(axis=0)
    lower = jnp.linalg.cholesky(centred.T @ centred / (x.shape[0] - 1))
    return solve_triangular(lower, centred.T, lower=True).T
