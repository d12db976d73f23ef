# /// allclose
# verdict = "runtime_error"
# message = "vmap maps over the table as well and pairs its rows with the keys, and their numbers differ. The table is shared: in_axes=(0, None)."
# ///
import jax


def resampled_mean(key, table):
    count = table.shape[0]
    return table[jax.random.randint(key, (count,), 0, count)].mean(axis=0)


def bootstrap_means(key, table, resamples):
    return jax.vmap(resampled_mean)(jax.random.split(key, resamples), table)
