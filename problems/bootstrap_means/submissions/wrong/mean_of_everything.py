# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The mean has no axis and so runs over rows and columns alike, one number a resample. Take it over the rows only, axis=0 inside the mapped function."
# ///
import jax
import jax.numpy as jnp


def resampled_mean(key, table):
    count = table.shape[0]
    return jnp.mean(table[jax.random.randint(key, (count,), 0, count)])


def bootstrap_means(key, table, resamples):
    return jax.vmap(resampled_mean, in_axes=(0, None))(jax.random.split(key, resamples), table)
