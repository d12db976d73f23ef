# wrong_answer value
import jax.numpy as jnp


def sparse_product(data, indices, indptr, x):
    rows = jnp.searchsorted(indptr, jnp.arange(data.size), side="right") - 1
    return jnp.zeros(indptr.size - 1).at[rows].set(data * x[indices])
