import jax.numpy as jnp


def low_precision_mean(batch):
    return jnp.sum(batch.astype(jnp.float32), axis=1) / batch.shape[1]
