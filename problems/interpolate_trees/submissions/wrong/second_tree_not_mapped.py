# /// allclose
# verdict = "runtime_error"
# message = "Inside the function, end is still the whole tree. Give it to jax.tree.map as another argument, and the function gets pairs of leaves."
# ///
import jax


def interpolate_trees(start, end, t):
    return jax.tree.map(lambda a: ((1 - t) * a + t * end).astype(a.dtype), start)
