# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "in_axes=1 hands out the columns, so the result has one sum per column. The rows lie along axis 0, which is the default."
# ///
import jax
import jax.numpy as jnp


def sum_of_squares(vector):
    return jnp.sum(vector**2)


def sum_of_squares_batch(batch):
    return jax.vmap(sum_of_squares, in_axes=1)(batch)
