# not_traceable
import jax.numpy as jnp


kept = []


def under_scan(x):
    kept.append(jnp.cumsum(x))
    return kept[0] if kept[0].shape == x.shape else kept[-1]
