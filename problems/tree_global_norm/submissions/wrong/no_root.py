# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is the sum of the squares. The norm is its square root."
# ///
import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    return sum((jnp.sum(leaf**2) for leaf in jax.tree.leaves(tree)), jnp.float32(0.0))
