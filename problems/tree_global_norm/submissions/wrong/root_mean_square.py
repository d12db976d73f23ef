# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This divides by the number of entries, which makes it a root mean square. A norm is the root of the plain sum."
# ///
import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    leaves = jax.tree.leaves(tree)
    squares = sum((jnp.sum(leaf**2) for leaf in leaves), jnp.float32(0.0))
    return jnp.sqrt(squares / max(1, sum(leaf.size for leaf in leaves)))
