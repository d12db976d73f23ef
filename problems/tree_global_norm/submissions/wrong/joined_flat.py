# /// allclose
# verdict = "runtime_error"
# message = "There is nothing to concatenate in a tree without leaves. A sum that starts from 0 needs no special case."
# ///
import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    return jnp.linalg.norm(jnp.concatenate([jnp.ravel(leaf) for leaf in jax.tree.leaves(tree)]))
