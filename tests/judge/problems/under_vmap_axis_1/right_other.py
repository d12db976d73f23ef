import jax.numpy as jnp


def under_vmap_axis_1(w, x):
    return jnp.full_like(x, x.sum()) + w * x
