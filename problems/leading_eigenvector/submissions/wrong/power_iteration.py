# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Multiplying again and again leads to the eigenvalue of the largest magnitude, and a vector of ones may have nothing of the right axis in it. jnp.linalg.eigh knows neither problem."
# ///
import jax.numpy as jnp
from jax import lax


def leading_eigenvector(matrix):
    def step(_, v):
        v = matrix @ v
        return v / jnp.linalg.norm(v)

    return lax.fori_loop(0, 500, step, jnp.ones(matrix.shape[0]))
