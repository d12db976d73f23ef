import jax.numpy as jnp


def eager_branches_in_jax(x):
    if x.sum() > 0:
        return jnp.sqrt(x.sum())
    return -x.sum()
