import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def tree_global_norm(tree):
    vector, _ = ravel_pytree(tree)
    return jnp.linalg.norm(vector)
