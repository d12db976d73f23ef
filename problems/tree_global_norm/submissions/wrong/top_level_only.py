# /// allclose
# verdict = "runtime_error"
# message = "tree.values() are the arrays only if the tree is a dict with nothing below it. jax.tree.leaves(tree) finds them in any tree."
# ///
import jax.numpy as jnp


def tree_global_norm(tree):
    return jnp.sqrt(sum((jnp.sum(leaf**2) for leaf in tree.values()), jnp.float32(0.0)))
