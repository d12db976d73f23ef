# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This looks for the letters of the name anywhere in the path and so freezes bias_scale along with bias. Compare the keys as a whole."
# ///
import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        return jnp.zeros_like(gradient) if name in jax.tree_util.keystr(path) else gradient

    return jax.tree.map_with_path(freeze, gradients)
