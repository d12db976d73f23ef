# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Without an axis, mean and standard deviation are those of the whole table. Each column needs its own: axis=0."
# ///
import jax.numpy as jnp


def standardise_columns(table):
    return (table - jnp.mean(table)) / jnp.std(table)
