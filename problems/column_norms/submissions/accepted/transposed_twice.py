import jax
import jax.numpy as jnp


def column_norms(matrix):
    norms = jax.vmap(jnp.linalg.norm)(matrix.T)
    return norms, (matrix.T / norms[:, None]).T
