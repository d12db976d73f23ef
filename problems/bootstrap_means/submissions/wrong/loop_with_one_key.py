# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "The loop draws with the same key in every turn, and gets the same rows. Give each turn a key of its own: for one in jax.random.split(key, resamples)."
# ///
import jax
import jax.numpy as jnp


def bootstrap_means(key, table, resamples):
    means = []
    for _ in range(resamples):
        rows = jax.random.choice(key, table.shape[0], (table.shape[0],))
        means.append(jnp.mean(table[rows], axis=0))
    return jnp.stack(means)
