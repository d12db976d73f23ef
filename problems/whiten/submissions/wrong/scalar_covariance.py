# /// allclose
# verdict = "runtime_error"
# message = "jnp.cov gives a scalar for a single column, and cholesky wants a matrix. Put jnp.atleast_2d around it, or compute centred.T @ centred / N."
# ///
import jax.numpy as jnp
from jax.scipy.linalg import solve_triangular


def whiten(x):
    centred = x - x.mean(axis=0)
    lower = jnp.linalg.cholesky(jnp.cov(x, rowvar=False, bias=True))
    return solve_triangular(lower, centred.T, lower=True).T
