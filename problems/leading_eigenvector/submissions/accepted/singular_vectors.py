import jax.numpy as jnp


def leading_eigenvector(matrix):
    # A matrix without negative eigenvalues has the same singular vectors, sorted from the largest on.
    u, _, _ = jnp.linalg.svd(matrix + jnp.linalg.norm(matrix) * jnp.eye(len(matrix)))
    return u[:, 0]
