# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Every new count is computed from the old ones, so a label that occurs five times adds 1. .add takes each of them: counts.at[labels].add(1)."
# ///
import jax.numpy as jnp


def bucket_counts(counts, labels):
    indices = jnp.where(labels < 0, counts.shape[0], labels)
    return counts.at[indices].set(counts[indices] + 1)
