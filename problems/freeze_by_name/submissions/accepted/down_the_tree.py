import jax
import jax.numpy as jnp


def freeze_by_name(tree, name):
    # Without paths: whatever hangs below the key becomes zeros, and the search goes on beside it.
    if isinstance(tree, dict):
        return {
            key: jax.tree.map(jnp.zeros_like, below) if key == name else freeze_by_name(below, name)
            for key, below in tree.items()
        }
    if isinstance(tree, (list, tuple)):
        return type(tree)(freeze_by_name(below, name) for below in tree)
    return tree
