# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "jnp.diag(values) is a new square matrix with zeros beside its diagonal. Keep the other entries: update matrix at (i, i)."
# ///
import jax.numpy as jnp


def set_diagonal(matrix, values):
    return jnp.diag(values)
