# wrong_answer value
import jax.numpy as jnp


def optional_mask(x, mask):
    return x.mean() if mask is None else jnp.where(mask, x, 0).mean()
