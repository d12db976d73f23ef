# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The other way round: this keeps what has the name and sets the rest to zero."
# ///
import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        frozen = any(getattr(entry, "key", None) == name for entry in path)
        return gradient if frozen else jnp.zeros_like(gradient)

    return jax.tree.map_with_path(freeze, gradients)
