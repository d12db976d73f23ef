# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The columns went in as columns and came out as rows, because out_axes is 0 unless told otherwise. The norms belong on axis 0, the directions on axis 1: out_axes=(0, 1)."
# ///
import jax
import jax.numpy as jnp


def norm_and_direction(column):
    norm = jnp.sqrt(jnp.sum(column**2))
    return norm, column / norm


def column_norms(matrix):
    return jax.vmap(norm_and_direction, in_axes=1)(matrix)
