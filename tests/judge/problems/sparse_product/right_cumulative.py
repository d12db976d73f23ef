import jax.numpy as jnp


def sparse_product(data, indices, indptr, x):
    rows = jnp.repeat(jnp.arange(indptr.size - 1), jnp.diff(indptr), total_repeat_length=data.size)
    return jnp.zeros(indptr.size - 1).at[rows].add(data * x[indices])
