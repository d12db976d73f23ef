import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        keys = [entry.key for entry in path if isinstance(entry, jax.tree_util.DictKey)]
        if name in keys:
            return jnp.zeros(gradient.shape, gradient.dtype)
        return gradient

    return jax.tree_util.tree_map_with_path(freeze, gradients)
