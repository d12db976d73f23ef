# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This counts the batch and forgets what was counted before. Add to counts, not to zeros."
# ///
import jax.numpy as jnp


def bucket_counts(counts, labels):
    indices = jnp.where(labels < 0, counts.shape[0], labels)
    return jnp.zeros_like(counts).at[indices].add(1, mode="drop")
