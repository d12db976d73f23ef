# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "jax.tree.map keeps the form of the tree, so there is one norm for each leaf. All of them together have one: sum over jax.tree.leaves(tree)."
# ///
import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    return jax.tree.map(lambda leaf: jnp.sqrt(jnp.sum(leaf**2)), tree)
