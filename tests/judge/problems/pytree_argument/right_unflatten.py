import jax


def pytree_argument(tree, factor):
    leaves, kind = jax.tree.flatten(tree)
    return jax.tree.unflatten(kind, [leaf * factor for leaf in leaves])
