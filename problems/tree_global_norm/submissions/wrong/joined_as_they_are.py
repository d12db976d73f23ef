# /// allclose
# verdict = "runtime_error"
# message = "jnp.concatenate wants arrays with the same number of axes, and at least one. Sum the squares of each leaf on its own, or use ravel_pytree."
# ///
import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    return jnp.linalg.norm(jnp.concatenate(jax.tree.leaves(tree)))
