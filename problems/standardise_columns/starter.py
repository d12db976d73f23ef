import jax.numpy as jnp


def standardise_columns(table):
    # One mean for each column, shape (D,). It broadcasts against the table, shape (N, D).
    mean = jnp.mean(table, axis=0)
    return table - mean
