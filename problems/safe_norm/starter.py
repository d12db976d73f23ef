import jax
import jax.numpy as jnp


def safe_norm(x):
    # The value is right everywhere, the gradient is not.
    return jnp.sqrt(jnp.sum(x**2))
