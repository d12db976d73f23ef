import jax
import jax.numpy as jnp


def clipped_gradient(x, limit):
    @jax.custom_gradient
    def identity(x):
        return x, lambda cotangent: jnp.maximum(-limit, jnp.minimum(limit, cotangent))

    return identity(x)
