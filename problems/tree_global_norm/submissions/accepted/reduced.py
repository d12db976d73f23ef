import jax
import jax.numpy as jnp


def tree_global_norm(tree):
    squares = jax.tree.map(lambda leaf: jnp.vdot(leaf, leaf), tree)
    return jnp.sqrt(jax.tree.reduce(jnp.add, squares, jnp.zeros(())))
