import jax.numpy as jnp
from jax.scipy.linalg import solve_triangular


def whiten(x):
    centred = x - x.mean(axis=0)
    covariance = centred.T @ centred / x.shape[0]
    lower = jnp.linalg.cholesky(covariance)
    return solve_triangular(lower, centred.T, lower=True).T
