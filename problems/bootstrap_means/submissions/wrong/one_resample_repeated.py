# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "Every resample uses the same key and so draws the same rows. Split the key into one for each, and map over them."
# ///
import jax
import jax.numpy as jnp


def bootstrap_means(key, table, resamples):
    count = table.shape[0]
    rows = jax.random.randint(key, (count,), 0, count)
    return jnp.tile(table[rows].mean(axis=0), (resamples, 1))
