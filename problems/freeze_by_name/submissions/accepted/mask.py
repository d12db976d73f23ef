import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    leaves, form = jax.tree.flatten_with_path(gradients)
    # With brackets and quotes, the text of a path names a key as a whole.
    masks = jax.tree.unflatten(form, [repr([name]) in jax.tree_util.keystr(path) for path, _ in leaves])
    return jax.tree.map(lambda frozen, gradient: jnp.where(frozen, 0.0, gradient), masks, gradients)
