import jax
import jax.numpy as jnp


def resampled_mean(key, table):
    # The mean of the rows of one resample, shape (D,).
    return jnp.mean(table, axis=0)


def bootstrap_means(key, table, resamples):
    return jnp.stack([resampled_mean(key, table)] * resamples)
