# /// allclose
# verdict = "runtime_error"
# message = "With 2 as second argument, jnp.linalg.norm takes the largest singular value of a matrix, and does not take arrays with more axes at all. Sum the squares of all entries of a leaf."
# ///
import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    norms = [jnp.linalg.norm(jnp.atleast_1d(leaf), 2) for leaf in jax.tree.leaves(tree)]
    return jnp.sqrt(sum((norm**2 for norm in norms), jnp.float32(0.0)))
