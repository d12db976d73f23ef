import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    # Which entries are kept?
    kept = jnp.ones(x.shape, bool)
    return jnp.where(kept, x, 0.0)
