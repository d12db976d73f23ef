import jax
import jax.numpy as jnp


def resampled_mean(key, table):
    count = table.shape[0]
    rows = jax.random.randint(key, (count,), 0, count)
    return jnp.mean(table[rows], axis=0)


def bootstrap_means(key, table, resamples):
    return jax.vmap(resampled_mean, in_axes=(0, None))(jax.random.split(key, resamples), table)
