# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "Filling the result with .at[i].set in a Python loop copies the step into the program once per row. Map over the rows with vmap, or keep the loop in the program with jax.lax.fori_loop."
# ///
import jax.numpy as jnp


def sum_of_squares_batch(batch):
    sums = jnp.zeros(batch.shape[0])
    for i in range(batch.shape[0]):
        sums = sums.at[i].set(jnp.sum(batch[i] ** 2))
    return sums
