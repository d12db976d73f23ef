import jax.numpy as jnp


def standardise_columns(table):
    # Constant columns become exactly 0, and then nothing of them is rounded.
    table = table - table[0]
    spread = jnp.std(table, axis=0)
    return (table - jnp.mean(table, axis=0)) / jnp.where(spread == 0, 1.0, spread)
