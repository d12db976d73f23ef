# wrong_answer tree
import jax


def pytree_argument(tree, factor):
    return [leaf * factor for leaf in jax.tree.leaves(tree)]
