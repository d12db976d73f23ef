import jax
import jax.numpy as jnp


def clipped_gradient(x, limit):
    # Forward this is all there is to it.
    return x
