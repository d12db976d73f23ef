# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "A column of equal numbers has standard deviation 0, and 0/0 is NaN. Find such columns (largest entry equal to smallest) and choose 0 for them with jnp.where."
# ///
import jax.numpy as jnp


def standardise_columns(table):
    return (table - jnp.mean(table, axis=0)) / jnp.std(table, axis=0)
