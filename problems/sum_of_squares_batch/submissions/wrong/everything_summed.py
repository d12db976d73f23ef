# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "Without an axis, jnp.sum adds up the whole matrix. Map the function for one vector over the rows with vmap, or name the axis."
# ///
import jax.numpy as jnp


def sum_of_squares_batch(batch):
    return jnp.sum(batch**2)
