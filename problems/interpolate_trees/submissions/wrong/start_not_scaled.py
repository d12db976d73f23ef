# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "start keeps its full weight and end comes on top. Either start is weighed with 1 - t, or the difference is added: a + t * (b - a)."
# ///
import jax


def interpolate_trees(start, end, t):
    return jax.tree.map(lambda a, b: (a + t * b).astype(a.dtype), start, end)
