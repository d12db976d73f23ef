# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "in_axes is 0 unless told otherwise, so these are the norms of the rows. The vectors are columns: in_axes=1."
# ///
import jax
import jax.numpy as jnp


def norm_and_direction(row):
    norm = jnp.sqrt(jnp.sum(row**2))
    return norm, row / norm


def column_norms(matrix):
    return jax.vmap(norm_and_direction)(matrix)
