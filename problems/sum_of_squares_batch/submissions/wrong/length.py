# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "jnp.linalg.norm takes a square root at the end, and what is asked for is the sum without it. Sum the squares of a row yourself: jnp.sum(row**2)."
# ///
import jax
import jax.numpy as jnp


def sum_of_squares_batch(batch):
    return jax.vmap(jnp.linalg.norm)(batch)
