# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This adds the entries and squares the sum. The other way round: square every entry first, then add."
# ///
import jax
import jax.numpy as jnp


def square_of_sum(vector):
    return jnp.sum(vector) ** 2


def sum_of_squares_batch(batch):
    return jax.vmap(square_of_sum)(batch)
