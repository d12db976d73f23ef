# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "ddof=1 divides the sum of squares by N - 1. Asked for is the mean of the squares, divided by N: leave ddof out."
# ///
import jax.numpy as jnp


def standardise_columns(table):
    constant = jnp.max(table, axis=0) == jnp.min(table, axis=0)
    centred = table - jnp.mean(table, axis=0)
    return jnp.where(constant, 0.0, centred / jnp.std(table, axis=0, ddof=1))
