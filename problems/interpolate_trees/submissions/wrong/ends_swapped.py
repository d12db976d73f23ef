# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The weights are swapped: at t = 0 this is end. start has the weight 1 - t."
# ///
import jax


def interpolate_trees(start, end, t):
    return jax.tree.map(lambda a, b: (t * a + (1 - t) * b).astype(a.dtype), start, end)
