import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    # All arrays of the tree, in a list.
    leaves = jax.tree.leaves(tree)
    return jnp.zeros(())
