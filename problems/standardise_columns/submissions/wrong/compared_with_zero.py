# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "A constant column's computed standard deviation need not be exactly 0, because its mean is rounded. Compare the entries instead: jnp.max(table, axis=0) == jnp.min(table, axis=0)."
# ///
import jax.numpy as jnp


def standardise_columns(table):
    spread = jnp.std(table, axis=0)
    return (table - jnp.mean(table, axis=0)) / jnp.where(spread == 0, 1.0, spread)
