import jax.numpy as jnp


def limited_work(x):
    return jnp.einsum("ij,jk->ik", x, x)
