# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "1e-8 is no bigger than the rounding error of a constant column, so that its results are not 0, and it is not small beside a column of small numbers either. Ask whether the entries are equal, and add nothing."
# ///
import jax.numpy as jnp


def standardise_columns(table):
    return (table - jnp.mean(table, axis=0)) / (jnp.std(table, axis=0) + 1e-8)
