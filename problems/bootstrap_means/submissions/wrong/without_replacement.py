# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "A permutation holds every row once, so each mean is that of the table and nothing varies. Draw with replacement: jax.random.randint(key, (N,), 0, N)."
# ///
import jax


def resampled_mean(key, table):
    return jax.random.permutation(key, table).mean(axis=0)


def bootstrap_means(key, table, resamples):
    return jax.vmap(resampled_mean, in_axes=(0, None))(jax.random.split(key, resamples), table)
