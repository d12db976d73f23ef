import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    # The norms of the leaves are squared again before they are added.
    norms = [jnp.linalg.norm(leaf) for leaf in jax.tree.leaves(tree)]
    return jnp.linalg.norm(jnp.array([0.0, *norms]))
