# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Solving with the whole covariance divides by it twice too much: W C W^T is then C^-1. Solve with its Cholesky factor, a square root of it."
# ///
import jax.numpy as jnp


def whiten(x):
    centred = x - x.mean(axis=0)
    covariance = centred.T @ centred / x.shape[0]
    return jnp.linalg.solve(covariance, centred.T).T
