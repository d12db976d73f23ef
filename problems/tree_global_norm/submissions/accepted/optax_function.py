import optax


def tree_global_norm(tree):
    return optax.global_norm(tree)
