# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "axis=-1 leaves the other axes of a leaf as they are. Without an axis, jnp.sum adds up all its entries, whatever its shape."
# ///
import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    return jnp.sqrt(sum((jnp.sum(jnp.atleast_1d(leaf) ** 2, axis=-1) for leaf in jax.tree.leaves(tree)), jnp.float32(0.0)))
