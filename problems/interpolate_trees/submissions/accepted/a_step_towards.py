import jax


def interpolate_trees(start, end, t):
    # From a, the share t of the way to b, in the dtype of the leaf all along.
    return jax.tree.map(lambda a, b: a + t.astype(a.dtype) * (b - a), start, end)
