import jax


def interpolate_trees(start, end, t):
    def between(a, b):
        return ((1 - t) * a + t * b).astype(a.dtype)

    return jax.tree.map(between, start, end)
