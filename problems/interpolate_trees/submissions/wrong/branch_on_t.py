# /// allclose
# verdict = "not_traceable"
# message = "An if needs the value of t, and there is none while the function is traced. The formula is right at 0 and at 1 as well."
# ///
import jax


def interpolate_trees(start, end, t):
    if t == 0:
        return start
    if t == 1:
        return end
    return jax.tree.map(lambda a, b: ((1 - t) * a + t * b).astype(a.dtype), start, end)
