# /// allclose
# verdict = "runtime_error"
# message = "Inside vmap a column is a vector with axis 0 only; axis=1 does not exist there. Leave the axis out."
# ///
import jax
import jax.numpy as jnp


def norm_and_direction(column):
    norm = jnp.linalg.norm(column, axis=1)
    return norm, column / norm


def column_norms(matrix):
    return jax.vmap(norm_and_direction, in_axes=1, out_axes=(0, 1))(matrix)
