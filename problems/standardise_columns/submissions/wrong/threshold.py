# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "A fixed threshold takes a column of small numbers for a constant one. A column is constant if its largest entry equals its smallest one, whatever its scale."
# ///
import jax.numpy as jnp


def standardise_columns(table):
    spread = jnp.std(table, axis=0)
    return jnp.where(spread < 1e-6, 0.0, (table - jnp.mean(table, axis=0)) / spread)
