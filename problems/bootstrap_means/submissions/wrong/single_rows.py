# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "One drawn row for each resample varies like the data themselves. A resample has N rows, and what is wanted is their mean."
# ///
import jax


def bootstrap_means(key, table, resamples):
    return table[jax.random.randint(key, (resamples,), 0, table.shape[0])]
