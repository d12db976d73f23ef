# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The norm is the length of a row, the square root of what is asked for."
# ///
import jax
import jax.numpy as jnp


def sum_of_squares_batch(batch):
    return jax.vmap(jnp.linalg.norm)(batch)
