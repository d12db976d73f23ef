import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    squares = [jnp.sum(leaf**2) for leaf in jax.tree.leaves(tree)]
    return jnp.sqrt(sum(squares, jnp.float32(0.0)))
