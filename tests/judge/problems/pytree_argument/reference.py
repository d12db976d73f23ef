import jax


def pytree_argument(tree, factor):
    return jax.tree.map(lambda leaf: factor * leaf, tree)
