# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Only the first entry of the path is looked at. The name may stand anywhere on the way to the leaf."
# ///
import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        frozen = path and getattr(path[0], "key", None) == name
        return jnp.zeros_like(gradient) if frozen else gradient

    return jax.tree.map_with_path(freeze, gradients)
