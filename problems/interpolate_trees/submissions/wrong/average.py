# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is the middle of the line at any t. Weigh start with 1 - t and end with t."
# ///
import jax


def interpolate_trees(start, end, t):
    return jax.tree.map(lambda a, b: (a + b) / 2, start, end)
