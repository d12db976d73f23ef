# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "These are statistics of the rows. axis=0 makes the rows disappear and leaves one number for each column; keepdims is not needed then."
# ///
import jax.numpy as jnp


def standardise_columns(table):
    constant = jnp.max(table, axis=1, keepdims=True) == jnp.min(table, axis=1, keepdims=True)
    centred = table - jnp.mean(table, axis=1, keepdims=True)
    return jnp.where(constant, 0.0, centred / jnp.std(table, axis=1, keepdims=True))
