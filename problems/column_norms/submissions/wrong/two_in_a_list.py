# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "This is a list of two arrays. Asked for is a tuple: return norms, directions."
# ///
import jax.numpy as jnp


def column_norms(matrix):
    norms = jnp.linalg.norm(matrix, axis=0)
    return [norms, matrix / norms]
