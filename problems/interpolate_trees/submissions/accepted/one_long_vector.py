from jax.flatten_util import ravel_pytree


def interpolate_trees(start, end, t):
    a, back = ravel_pytree(start)
    b, _ = ravel_pytree(end)
    # back() restores the form, the shapes and the dtypes.
    return back(((1 - t) * a + t * b).astype(a.dtype))
