# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "Row numbers begin at 0. Drawn from 1 to N, the first row never comes, and the index N, which does not exist, is read as the last row: it comes twice as often."
# ///
import jax


def resampled_mean(key, table):
    count = table.shape[0]
    return table[jax.random.randint(key, (count,), 1, count + 1)].mean(axis=0)


def bootstrap_means(key, table, resamples):
    return jax.vmap(resampled_mean, in_axes=(0, None))(jax.random.split(key, resamples), table)
