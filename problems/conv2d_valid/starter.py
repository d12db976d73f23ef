import jax
import jax.numpy as jnp


def conv2d_valid(images, kernel):
    n, height, width, _ = images.shape
    rows, columns, _, channels = kernel.shape
    result = jnp.zeros((n, height - rows + 1, width - columns + 1, channels))
    # Each entry (k, l) of the window adds something to all of it.
    return result
