# /// allclose
# verdict = "runtime_error"
# message = "An entry of the path that comes from a list or a tuple is a SequenceKey, which has idx and no key. Ask only the entries that are a jax.tree_util.DictKey."
# ///
import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        frozen = any(entry.key == name for entry in path)
        return jnp.zeros_like(gradient) if frozen else gradient

    return jax.tree.map_with_path(freeze, gradients)
