# /// allclose
# verdict = "not_traceable"
# message = "A Python if needs a value, and there is none while the function is traced. Choose with jnp.where, for all columns at once."
# ///
import jax.numpy as jnp


def standardise_columns(table):
    columns = []
    for column in table.T:
        if jnp.max(column) == jnp.min(column):
            columns.append(jnp.zeros_like(column))
        else:
            columns.append((column - column.mean()) / column.std())
    return jnp.stack(columns, axis=1)
