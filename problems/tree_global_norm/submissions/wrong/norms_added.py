# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The norms of the leaves were added. A norm squares first: add the sums of squares of all leaves, and take one root at the end."
# ///
import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    return sum((jnp.sqrt(jnp.sum(leaf**2)) for leaf in jax.tree.leaves(tree)), jnp.float32(0.0))
