# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "For rows, z = L^-1 x reads x @ L^-T: the inverse has to be transposed when it stands on the right."
# ///
import jax.numpy as jnp


def whiten(x):
    centred = x - x.mean(axis=0)
    lower = jnp.linalg.cholesky(centred.T @ centred / x.shape[0])
    return centred @ jnp.linalg.inv(lower)
