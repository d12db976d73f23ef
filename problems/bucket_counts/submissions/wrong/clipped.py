# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Clipping moves labels that are to be ignored into the first and the last bucket. They must add nothing."
# ///
import jax.numpy as jnp


def bucket_counts(counts, labels):
    return counts.at[jnp.clip(labels, 0, counts.shape[0] - 1)].add(1)
