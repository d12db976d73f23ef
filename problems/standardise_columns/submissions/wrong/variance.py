# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This divides by the variance. The standard deviation is its square root."
# ///
import jax.numpy as jnp


def standardise_columns(table):
    constant = jnp.max(table, axis=0) == jnp.min(table, axis=0)
    return jnp.where(constant, 0.0, (table - jnp.mean(table, axis=0)) / jnp.var(table, axis=0))
