# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Only the last entry of the path is looked at. The name may also belong to a dict further up, and then all that is below it is frozen."
# ///
import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        frozen = path and getattr(path[-1], "key", None) == name
        return jnp.zeros_like(gradient) if frozen else gradient

    return jax.tree.map_with_path(freeze, gradients)
