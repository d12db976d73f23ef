# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The rows that are whitened still have their means in them. Subtract them from x, not only within the covariance."
# ///
import jax.numpy as jnp
from jax.scipy.linalg import solve_triangular


def whiten(x):
    centred = x - x.mean(axis=0)
    lower = jnp.linalg.cholesky(centred.T @ centred / x.shape[0])
    return solve_triangular(lower, x.T, lower=True).T
