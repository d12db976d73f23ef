# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The loop writes one update for each label into the program. counts.at[...] takes all the indices in one array."
# ///
import jax.numpy as jnp


def bucket_counts(counts, labels):
    for label in labels:
        counts = counts.at[jnp.where(label < 0, counts.shape[0], label)].add(1)
    return counts
