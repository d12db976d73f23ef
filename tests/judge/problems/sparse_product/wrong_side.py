# wrong_answer value
import jax
import jax.numpy as jnp


def sparse_product(data, indices, indptr, x):
    rows = jnp.searchsorted(indptr, jnp.arange(data.size), side="left")
    return jax.ops.segment_sum(data * x[indices], rows, indptr.size - 1)
