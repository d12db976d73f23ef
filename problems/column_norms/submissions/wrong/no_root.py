# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The sum of squares is the square of the norm. Take its root, before you divide."
# ///
import jax
import jax.numpy as jnp


def norm_and_direction(column):
    norm = jnp.sum(column**2)
    return norm, column / norm


def column_norms(matrix):
    return jax.vmap(norm_and_direction, in_axes=1, out_axes=(0, 1))(matrix)
