# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "randint excludes its upper end, so 0 to N - 1 never draws the last row. Write randint(key, shape, 0, N)."
# ///
import jax


def resampled_mean(key, table):
    count = table.shape[0]
    return table[jax.random.randint(key, (count,), 0, count - 1)].mean(axis=0)


def bootstrap_means(key, table, resamples):
    return jax.vmap(resampled_mean, in_axes=(0, None))(jax.random.split(key, resamples), table)
