# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "A single 0.0 in place of an array has another shape than the parameter. Use jnp.zeros_like(gradient)."
# ///
import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        frozen = any(getattr(entry, "key", None) == name for entry in path)
        return 0.0 if frozen else gradient

    return jax.tree.map_with_path(freeze, gradients)
