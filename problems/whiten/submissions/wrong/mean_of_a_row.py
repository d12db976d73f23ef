# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "axis=1 subtracts from each example the mean of its own entries; the rows then add up to 0, and their covariance is singular. The mean of a column is taken over axis 0."
# ///
import jax.numpy as jnp
from jax.scipy.linalg import solve_triangular


def whiten(x):
    centred = x - x.mean(axis=1, keepdims=True)
    lower = jnp.linalg.cholesky(centred.T @ centred / x.shape[0])
    return solve_triangular(lower, centred.T, lower=True).T
