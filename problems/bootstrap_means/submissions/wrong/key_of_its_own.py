# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "The keys of the resamples are the numbers 0, 1, 2, ... whatever key is given, so every call returns the same means. Split the given one: jax.random.split(key, resamples)."
# ///
import jax
import jax.numpy as jnp


def resampled_mean(key, table):
    count = table.shape[0]
    return table[jax.random.randint(key, (count,), 0, count)].mean(axis=0)


def bootstrap_means(key, table, resamples):
    keys = jax.vmap(jax.random.key)(jnp.arange(resamples))
    return jax.vmap(resampled_mean, in_axes=(0, None))(keys, table)
