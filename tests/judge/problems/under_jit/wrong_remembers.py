# not_traceable
import jax.numpy as jnp


SEEN = {}


def under_jit(x):
    return SEEN.setdefault(x.shape, jnp.sin(x).sum())
