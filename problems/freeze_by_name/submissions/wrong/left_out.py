# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "None is an empty tree, not a leaf: the frozen gradients are gone, and the optimiser misses them. Put zeros of the same shape in their place."
# ///
import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        frozen = any(getattr(entry, "key", None) == name for entry in path)
        return None if frozen else gradient

    return jax.tree.map_with_path(freeze, gradients)
