import jax
import jax.numpy as jnp
from jax.tree_util import DictKey


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        return jnp.zeros_like(gradient) if DictKey(name) in path else gradient

    return jax.tree.map_with_path(freeze, gradients)
