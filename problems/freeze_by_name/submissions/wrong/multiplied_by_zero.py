# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "Zero times infinity is NaN, and so is zero times NaN. jnp.zeros_like(gradient) makes zeros without reading the values."
# ///
import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        frozen = any(getattr(entry, "key", None) == name for entry in path)
        return gradient * (0.0 if frozen else 1.0)

    return jax.tree.map_with_path(freeze, gradients)
