import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    def freeze(path, gradient):
        # path says where the gradient stands: a tuple with one entry for each container above it.
        return gradient

    return jax.tree.map_with_path(freeze, gradients)
