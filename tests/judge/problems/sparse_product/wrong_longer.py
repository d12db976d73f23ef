# wrong_answer shape
import jax
import jax.numpy as jnp


def sparse_product(data, indices, indptr, x):
    rows = jnp.searchsorted(indptr, jnp.arange(data.size), side="right") - 1
    return jax.ops.segment_sum(data * x[indices], rows, indptr.size)
