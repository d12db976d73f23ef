# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "1e-5 in the denominator shrinks every result a little, and those of a column of small numbers to almost nothing. Divide by the standard deviation itself, and choose 0 for constant columns."
# ///
import jax.numpy as jnp


def standardise_columns(table):
    return (table - jnp.mean(table, axis=0)) / (jnp.std(table, axis=0) + 1e-5)
