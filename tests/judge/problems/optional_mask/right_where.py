import jax.numpy as jnp


def optional_mask(x, mask):
    if mask is None:
        mask = jnp.ones(x.shape, bool)
    return jnp.where(mask, x, 0).sum() / mask.sum()
