# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Without lower=True, solve_triangular reads the upper triangle, which is zero in a Cholesky factor of jnp.linalg, so that only the diagonal counts. Say lower=True."
# ///
import jax.numpy as jnp
from jax.scipy.linalg import solve_triangular


def whiten(x):
    centred = x - x.mean(axis=0)
    lower = jnp.linalg.cholesky(centred.T @ centred / x.shape[0])
    return solve_triangular(lower, centred.T).T
