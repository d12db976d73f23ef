import jax.numpy as jnp


def low_precision_mean(batch):
    # The entries are bfloat16, and so is what this returns.
    return jnp.mean(batch, axis=1)
