import jax.numpy as jnp


def column_norms(matrix):
    norms = jnp.sqrt(jnp.einsum("db,db->b", matrix, matrix))
    return norms, jnp.einsum("db,b->db", matrix, 1 / norms)
