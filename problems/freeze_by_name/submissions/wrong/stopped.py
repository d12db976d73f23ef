# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "stop_gradient changes how derivatives are taken, and these have been taken: it returns what it is given. Replace the frozen leaves by zeros."
# ///
import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        frozen = any(getattr(entry, "key", None) == name for entry in path)
        return jax.lax.stop_gradient(gradient) if frozen else gradient

    return jax.tree.map_with_path(freeze, gradients)
