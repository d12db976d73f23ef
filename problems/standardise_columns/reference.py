import jax.numpy as jnp


def standardise_columns(table):
    constant = jnp.max(table, axis=0) == jnp.min(table, axis=0)
    centred = table - jnp.mean(table, axis=0)
    spread = jnp.sqrt(jnp.mean(centred**2, axis=0))
    return jnp.where(constant, 0.0, centred / spread)
