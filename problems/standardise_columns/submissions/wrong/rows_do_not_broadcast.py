# /// allclose
# verdict = "runtime_error"
# message = "axis=1 leaves one number for each row, shape (N,), which does not fit (N, D). Columns are meant: axis=0 leaves shape (D,), which does."
# ///
import jax.numpy as jnp


def standardise_columns(table):
    constant = jnp.max(table, axis=1) == jnp.min(table, axis=1)
    centred = table - jnp.mean(table, axis=1)
    return jnp.where(constant, 0.0, centred / jnp.std(table, axis=1))
