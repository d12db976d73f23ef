# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The sum of the absolute values is another norm. The Euclidean one is the root of the sum of squares."
# ///
import jax.numpy as jnp


def column_norms(matrix):
    norms = jnp.sum(jnp.abs(matrix), axis=0)
    return norms, matrix / norms
