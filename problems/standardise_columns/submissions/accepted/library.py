import jax
import jax.numpy as jnp


def standardise_columns(table):
    same = jnp.all(table == table[:1], axis=0)
    return jnp.where(same, 0.0, jax.nn.standardize(table, axis=0, epsilon=0.0))
