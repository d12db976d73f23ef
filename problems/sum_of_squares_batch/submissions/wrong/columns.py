# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "This is one sum per column, as in_axes=1 or axis=0 gives it. The sum of a row runs along the row: axis=1 in a sum over the whole batch, or vmap over axis 0, its default, with the sum inside."
# ///
import jax
import jax.numpy as jnp


def sum_of_squares(vector):
    return jnp.sum(vector**2)


def sum_of_squares_batch(batch):
    return jax.vmap(sum_of_squares, in_axes=1)(batch)
