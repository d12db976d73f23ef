# /// allclose
# verdict = "runtime_error"
# message = "out_axes=1 asks for axis 1 of the norms too, and they have none: one number for each column is an array with axis 0 only. Give one entry for each result, out_axes=(0, 1)."
# ///
import jax
import jax.numpy as jnp


def norm_and_direction(column):
    norm = jnp.sqrt(jnp.sum(column**2))
    return norm, column / norm


def column_norms(matrix):
    return jax.vmap(norm_and_direction, in_axes=1, out_axes=1)(matrix)
