# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "str(entry.idx) makes names of the positions in lists, and a key \"1\" is something else than the second place. Only keys of dicts are names."
# ///
import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        names = [str(getattr(entry, "key", getattr(entry, "idx", None))) for entry in path]
        return jnp.zeros_like(gradient) if name in names else gradient

    return jax.tree.map_with_path(freeze, gradients)
