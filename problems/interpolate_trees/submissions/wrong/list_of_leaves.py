# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "The leaves come back as a list, and the form is lost. jax.tree.map keeps it, and so does jax.tree.unflatten with what jax.tree.flatten gave."
# ///
import jax


def interpolate_trees(start, end, t):
    pairs = zip(jax.tree.leaves(start), jax.tree.leaves(end))
    return [((1 - t) * a + t * b).astype(a.dtype) for a, b in pairs]
