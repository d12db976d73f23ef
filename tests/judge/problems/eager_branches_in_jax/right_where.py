import jax.numpy as jnp


def eager_branches_in_jax(x):
    total = x.sum()
    return jnp.where(total > 0, jnp.sqrt(jnp.abs(total)), -total)
