# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "Each column draws rows of its own, and what was measured together is torn apart. Draw row numbers once for each resample and index the table with them."
# ///
import jax


def resampled_column(key, column):
    count = column.shape[0]
    return column[jax.random.randint(key, (count,), 0, count)].mean()


def bootstrap_means(key, table, resamples):
    keys = jax.random.split(key, (resamples, table.shape[1]))
    of_columns = jax.vmap(resampled_column, in_axes=(0, 1))
    return jax.vmap(of_columns, in_axes=(0, None))(keys, table)
