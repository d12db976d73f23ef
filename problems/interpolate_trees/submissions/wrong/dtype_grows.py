# /// allclose
# verdict = "wrong_answer"
# reason = "dtype"
# message = "t is float32, so the product with a bfloat16 leaf is float32. Give each result the dtype of its leaf: .astype(a.dtype)."
# ///
import jax


def interpolate_trees(start, end, t):
    return jax.tree.map(lambda a, b: (1 - t) * a + t * b, start, end)
