# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "jnp.bincount takes negative numbers for 0, so that bucket 0 gets all the labels below it. Replace them before, by an index beyond the end."
# ///
import jax.numpy as jnp


def bucket_counts(counts, labels):
    return counts + jnp.bincount(labels, length=counts.shape[0])
