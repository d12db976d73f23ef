# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "x.T @ x / N is not the covariance unless the columns have mean 0. Subtract the means first, and use the centred data in both places."
# ///
import jax.numpy as jnp
from jax.scipy.linalg import solve_triangular


def whiten(x):
    lower = jnp.linalg.cholesky(x.T @ x / x.shape[0])
    return solve_triangular(lower, x.T, lower=True).T
