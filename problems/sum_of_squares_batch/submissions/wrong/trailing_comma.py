# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "The comma at the end of the return makes a tuple with one array in it. Delete it, and the array itself is returned."
# ///
import jax
import jax.numpy as jnp


def sum_of_squares(vector):
    return jnp.sum(vector**2)


def sum_of_squares_batch(batch):
    return jax.vmap(sum_of_squares)(batch),
