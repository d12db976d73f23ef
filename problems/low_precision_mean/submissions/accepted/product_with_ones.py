import jax.numpy as jnp


def low_precision_mean(batch):
    ones = jnp.ones(batch.shape[1], batch.dtype)
    return jnp.dot(batch, ones, preferred_element_type=jnp.float32) / batch.shape[1]
