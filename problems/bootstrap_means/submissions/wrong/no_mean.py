# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "These are the resampled tables, shape (resamples, N, D). Take the mean over the rows of each, axis 1 here."
# ///
import jax


def bootstrap_means(key, table, resamples):
    return jax.random.choice(key, table, (resamples, table.shape[0]))
