import jax
import jax.numpy as jnp


def under_jacrev(x):
    return x + jax.lax.stop_gradient(jnp.round(x) - x)
